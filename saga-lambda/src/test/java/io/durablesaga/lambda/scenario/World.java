package io.durablesaga.lambda.scenario;

import static io.durablesaga.Undo.undo;

import io.durablesaga.Action;
import io.durablesaga.Scope;
import io.durablesaga.StepRejected;
import io.durablesaga.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the bodies of one run do, and which of them have run. How a body fares depends on nothing that a run from the middle would
 * not know: on its attempt, its path, and whether anybody outside has answered yet. Thread-safe.
 */
public final class World {
    private final List<Attempt> attempts = new ArrayList<>();
    private boolean answered;

    /**
     * A body that has run.
     *
     * @param operation the name of its operation
     * @param number which attempt of it
     */
    public record Attempt(String operation, int number) {
        @Override
        public String toString() {
            return operation + " #" + number;
        }
    }

    /** A body runs. */
    public synchronized void attempt(String operation, int number) {
        attempts.add(new Attempt(operation, number));
    }

    /** What has run, in this order. */
    public synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** Somebody outside has answered, or had before this run began. */
    synchronized void answer() {
        answered = true;
    }

    private synchronized boolean answered() {
        return answered;
    }

    // bodies

    <S extends Scope<?>> Action<S, String> works() {
        return does(s -> true);
    }

    <S extends Scope<?>> Action<S, String> worksAt(int attempt) {
        return does(s -> s.attempt() >= attempt);
    }

    <S extends Scope<?>> Action<S, String> worksOnceAnswered() {
        return does(s -> answered());
    }

    <S extends Scope<?>> Action<S, String> fails() {
        return does(s -> false);
    }

    private <S extends Scope<?>> Action<S, String> does(Predicate<S> works) {
        return s -> {
            attempt(s.path(), s.attempt());
            if (!works.test(s)) {
                throw new IllegalStateException("out of order");
            }
            return s.path() + " is done";
        };
    }

    <S extends Scope<?>> Action<S, String> isRejected() {
        return s -> {
            attempt(s.path(), s.attempt());
            throw new StepRejected("no");
        };
    }

    <S extends Scope<?>> Action<S, String> isCaptured() {
        return s -> {
            attempt("capture:" + s.path(), s.attempt());
            return "seen";
        };
    }

    <S extends Scope<?>, R> Undo<S, R> undone() {
        return undoneAt(1);
    }

    <S extends Scope<?>, R> Undo<S, R> undoneAt(int attempt) {
        return undo((s, effect) -> undoes(s, attempt));
    }

    void undoes(Scope<?> s, int worksAt) {
        attempt("undo:" + s.path(), s.attempt());
        if (s.attempt() < worksAt) {
            throw new IllegalStateException("out of order");
        }
    }
}
