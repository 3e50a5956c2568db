package io.durablesaga.testing;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.irreversible;
import static io.durablesaga.Undo.nothingToUndo;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.Undo.undoFinding;
import static io.durablesaga.UndoOptions.undoing;
import static io.durablesaga.Within.within;

import io.durablesaga.Action;
import io.durablesaga.Bound;
import io.durablesaga.Parking;
import io.durablesaga.Polling;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.Undo;
import io.durablesaga.UndoOptions;
import io.durablesaga.testing.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Small sagas over the whole vocabulary, all of them right. */
final class Catalogue {
    static final StepKey<String> FIRST = StepKey.of("first", String.class);
    static final StepKey<String> SECOND = StepKey.of("second", String.class);
    static final StepKey<String> THIRD = StepKey.of("third", String.class);
    static final StepKey<String> FOURTH = StepKey.of("fourth", String.class);
    static final StepKey<String> ANSWER = StepKey.of("answer", String.class);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final World world;

    Catalogue(World world) {
        this.world = world;
    }

    private <S extends Scope<?>> Action<S, String> does() {
        return s -> {
            world.apply(s.key());
            return "did " + s.path();
        };
    }

    private <S extends Scope<?>> Undo<S, String> undoes() {
        return undoes(UndoOptions.DEFAULT);
    }

    private <S extends Scope<?>> Undo<S, String> undoes(UndoOptions options) {
        return undo(options, (s, effect) -> world.apply(s.key()));
    }

    private static SagaBuilder<String> saga(String name) {
        return SagaBuilder.saga(name, String.class);
    }

    Saga<String, String> undos() {
        return saga("undos")
                .step(FIRST, does(), undoFinding((s, key) -> Optional.of("found"), (s, effect) -> world.apply(s.key())))
                .step(SECOND, does(), nothingToUndo("it only looks"))
                .step(THIRD, does(), irreversible("the letter is gone"))
                .step(FOURTH, does(), undoes())
                .returning(String.class, s -> s.result(FOURTH));
    }

    Saga<String, String> parallel() {
        return saga("parallel")
                .step(FIRST, does(), undoes())
                .parallel(
                        "both",
                        p -> p.step(SECOND, does(), undoes())
                                .branch(
                                        "way",
                                        b -> b.step(THIRD, does(), undoes()).step(FOURTH, does(), undoes())))
                .step(ANSWER, does(), undoes())
                .returning(String.class, s -> s.result(FOURTH));
    }

    Saga<String, String> parallelUndo() {
        return saga("parallel-undo")
                .parallel(
                        "both",
                        p -> p.step(FIRST, does(), undoes())
                                .branch(
                                        "way",
                                        b -> b.step(SECOND, does(), undoes()).step(THIRD, does(), undoes()))
                                .undoInParallel())
                .step(FOURTH, does(), undoes())
                .returning(String.class, s -> s.result(FOURTH));
    }

    Saga<String, String> each(Bound bound) {
        return saga("each")
                .forEach("room", bound, s -> List.of("a", "b", "c"), item -> item, b -> b.step(FIRST, does(), undoes()))
                .step(SECOND, does(), undoes())
                .returning(String.class, s -> s.results(FIRST).toString());
    }

    Saga<String, String> eachOfTwo(Bound bound) {
        return saga("each-of-two")
                .forEach(
                        "room",
                        bound,
                        s -> List.of("a", "b"),
                        item -> item,
                        b -> b.step(FIRST, does(), undoes()).step(SECOND, does(), undoes()))
                .step(THIRD, does(), undoes())
                .returning(String.class, s -> s.results(FIRST).toString());
    }

    Saga<String, String> waiting() {
        StepKey<Integer> now = StepKey.of("now", Integer.class);
        StepKey<String> look = StepKey.of("look", String.class);
        return saga("waiting")
                .capture(now, s -> 1)
                .step(FIRST, does(), undoes())
                .sleep("pause", MINUTE)
                .poll(look, Polling.every(MINUTE, 3), s -> s.attempt() < 2 ? Optional.empty() : Optional.of("seen"))
                .when("enough", s -> s.result(now) > 0, then -> then.step(SECOND, does(), undoes()))
                .returning(String.class, s -> s.result(look));
    }

    Saga<String, String> refusing() {
        return saga("refusing")
                .validate(input -> {
                    throw new IllegalArgumentException("no " + input + " today");
                })
                .step(FIRST, does(), undoes())
                .returning(String.class, s -> s.result(FIRST));
    }

    /** Looks more often than most sagas do anything. */
    Saga<String, String> patient() {
        StepKey<String> look = StepKey.of("look", String.class);
        return saga("patient")
                .poll(
                        look,
                        Polling.every(MINUTE, 2_500),
                        s -> s.attempt() < 2_400 ? Optional.empty() : Optional.of("seen"))
                .returning(String.class, s -> s.result(look));
    }

    Saga<String, String> awaiting() {
        return saga("awaiting")
                .step(FIRST, does(), undoes())
                .await(ANSWER, within(MINUTE), (s, id) -> world.apply(s.key()), undoes())
                .step(SECOND, does(), undoes())
                .returning(String.class, s -> s.result(ANSWER));
    }

    Saga<String, String> nested() {
        Saga<String, String> inner = saga("inner")
                .step(SECOND, does(), undoes())
                .step(THIRD, does(), undoes())
                .returning(String.class, s -> s.result(THIRD));
        return saga("nested")
                .step(FIRST, does(), undoes())
                .saga(StepKey.of("inside", String.class), inner, s -> s.input())
                .step(FOURTH, does(), undoes())
                .returning(String.class, s -> s.result(FOURTH));
    }

    Saga<String, String> pivoting() {
        return saga("pivoting")
                .step(FIRST, does(), undoes())
                .pivot(Parking.park(MINUTE))
                .step(SECOND, with().retry(Retries.every(MINUTE, 2)), does())
                .step(THIRD, does())
                .returning(String.class, s -> s.find(THIRD).orElse("nothing"));
    }

    Saga<String, String> retrying() {
        return saga("retrying")
                .step(FIRST, with().retry(Retries.every(MINUTE, 3)), does(), undoes())
                .step(
                        SECOND,
                        with().retry(Retries.every(MINUTE, 2)).providerReplays(),
                        does(),
                        undoes(undoing().retry(Retries.every(MINUTE, 2))))
                .returning(String.class, s -> s.result(SECOND));
    }

    Saga<String, String> holding() {
        UndoOptions twice = undoing().retry(Retries.every(MINUTE, 2));
        return saga("holding")
                .step(FIRST, does(), undoes(twice))
                .step(SECOND, does(), undoes(twice.holdsEarlier()))
                .step(THIRD, does(), undoes(twice.onStuck(Parking.park(MINUTE))))
                .returning(String.class, s -> s.result(THIRD));
    }

    Saga<String, String> choosing() {
        return saga("choosing")
                .when(
                        "way",
                        s -> true,
                        then -> then.step(FIRST, does(), undoes()),
                        otherwise -> otherwise.step(SECOND, does(), undoes()))
                .returning(String.class, s -> s.result(FIRST));
    }

    Saga<String, String> invoking() {
        return saga("invoking")
                .step(FIRST, does(), undoes())
                .invoke(SECOND, "invoked", s -> "payload", undoes())
                .step(THIRD, does(), undoes())
                .returning(String.class, s -> s.result(SECOND));
    }

    static Saga<String, String> invoked() {
        return saga("invoked")
                .step(FOURTH, s -> "did it", nothingToUndo("it has no effect"))
                .returning(String.class, s -> s.result(FOURTH));
    }
}
