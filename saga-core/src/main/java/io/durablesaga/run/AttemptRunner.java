package io.durablesaga.run;

import io.durablesaga.Polling;
import io.durablesaga.Retries;
import io.durablesaga.StepOptions;
import io.durablesaga.StepRejected;
import io.durablesaga.UndoOptions;
import io.durablesaga.engine.Attempt;
import io.durablesaga.engine.Reply;
import io.durablesaga.result.Failure;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Runs one attempt of a body and says what to record of it. The only place that takes what a body throws for an outcome: no
 * engine call happens inside, so nothing of the engine's can be mistaken for the body's failure.
 */
final class AttemptRunner {
    private final RunContext run;
    private final String path;
    private final boolean undo;

    AttemptRunner(RunContext run, String path, boolean undo) {
        this.run = run;
        this.path = path;
        this.undo = undo;
    }

    /** A body, as one attempt of it sees it. */
    @FunctionalInterface
    interface UserCode {
        @Nullable
        Object call() throws Exception;
    }

    /**
     * An attempt of a forward step.
     *
     * @param repeated whether an earlier operation of the same step may have had the effect
     * @param ahead how long the saga may have to wait once it is done
     */
    Reply action(Attempt attempt, StepOptions options, Type type, boolean repeated, Duration ahead, UserCode body) {
        if (run.outOfTime(attempt.left(), ahead)) {
            Failure.Kind kind = attempt.number() == 1 && !repeated ? Failure.Kind.REJECTED : Failure.Kind.UNKNOWN;
            return outOfTime(attempt, kind, ahead);
        }
        Ran ran = run(attempt, options.timeout(), body);
        if (ran.thrown() == null) {
            return completed(attempt, ran.value(), type, options.resultBytes(), Failure.Kind.UNKNOWN);
        }
        Failure failure = ran.failure();
        if (isRejection(ran, options)) {
            boolean clean = options.replaysFirstAnswer() || (attempt.number() == 1 && !repeated);
            return failed(attempt, clean ? rejected(failure) : failure);
        }
        return retryOrFail(attempt, options.retries(), failure);
    }

    /** An attempt of a capture: it has no effect, so its failure is always clean. */
    Reply capture(Attempt attempt, StepOptions options, Type type, UserCode body) {
        if (run.outOfTime(attempt.left(), Duration.ZERO)) {
            return outOfTime(attempt, Failure.Kind.REJECTED, Duration.ZERO);
        }
        Ran ran = run(attempt, options.timeout(), body);
        if (ran.thrown() == null) {
            return completed(attempt, ran.value(), type, options.resultBytes(), Failure.Kind.REJECTED);
        }
        Failure failure = rejected(ran.failure());
        return isRejection(ran, options) ? failed(attempt, failure) : retryOrFail(attempt, options.retries(), failure);
    }

    /** A look of a poll: one that throws found nothing, unless it says that there is nothing to be found. */
    Reply look(Attempt attempt, Polling polling, Type type, UserCode body) {
        if (run.outOfTime(attempt.left(), Duration.ZERO)) {
            return outOfTime(attempt, Failure.Kind.REJECTED, Duration.ZERO);
        }
        Ran ran = run(attempt, null, body);
        if (ran.value() instanceof Optional<?> found && found.isPresent()) {
            return completed(attempt, found.get(), type, null, Failure.Kind.REJECTED);
        }
        if (ran.thrown() instanceof StepRejected) {
            return failed(attempt, rejected(ran.failure()));
        }
        if (attempt.number() < polling.atMost()) {
            return new Reply.Again(polling.interval());
        }
        String last = ran.thrown() == null
                ? "found nothing"
                : "failed last with " + ran.failure().type();
        return failed(
                attempt, Failure.rejected(Machinery.RAN_OUT, "looked " + attempt.number() + " times and " + last));
    }

    /** An attempt of an undo. */
    Reply undo(Attempt attempt, UndoOptions options, UserCode body) {
        Ran ran = run(attempt, options.timeout(), body);
        if (ran.thrown() == null) {
            return new Reply.Completed("null");
        }
        return ran.thrown() instanceof StepRejected
                ? failed(attempt, ran.failure())
                : retryOrFail(attempt, options.retries(), ran.failure());
    }

    private Reply completed(
            Attempt attempt,
            @Nullable Object value,
            Type type,
            @Nullable Integer mostBytes,
            Failure.Kind whenNotStorable) {
        int most = mostBytes == null ? run.mostResultBytes() : Math.min(mostBytes, run.mostResultBytes());
        try {
            return new Reply.Completed(Stored.of(value, type, run.json(), most).payload());
        } catch (Throwable notStorable) {
            String message = "step '" + path + "': " + notStorable.getMessage();
            return failed(attempt, new Failure(whenNotStorable, Machinery.NOT_STORABLE, message));
        }
    }

    private Reply retryOrFail(Attempt attempt, Retries retries, Failure failure) {
        int failures = attempt.failures() + 1;
        if (failures >= retries.attempts()) {
            return failed(attempt, failure);
        }
        Duration delay = retries.delayAfter(failures);
        run.telling().attemptFailed(path, undo, attempt.number(), failure, delay);
        return new Reply.Retry(failure, delay);
    }

    private Reply failed(Attempt attempt, Failure failure) {
        run.telling().attemptFailed(path, undo, attempt.number(), failure, null);
        return new Reply.Failed(failure);
    }

    /** Nothing new is begun when what is left is needed for undoing. */
    private Reply outOfTime(Attempt attempt, Failure.Kind kind, Duration ahead) {
        String message = "the execution has " + attempt.left() + " left, and undoing it may take " + run.rollback()
                + (ahead.isZero() ? "" : " after a wait of " + ahead)
                + "; raise the engine's limit, or find out what took so long";
        return failed(attempt, new Failure(kind, Machinery.OUT_OF_TIME, message));
    }

    private static Failure rejected(Failure failure) {
        return Failure.rejected(failure.type(), failure.message());
    }

    private static boolean isRejection(Ran ran, StepOptions options) {
        return !ran.timedOut()
                && (ran.thrown() instanceof StepRejected
                        || options.rejections().stream().anyMatch(type -> type.isInstance(ran.thrown())));
    }

    private Ran run(Attempt attempt, @Nullable Duration timeout, UserCode body) {
        Labels outside = Labels.put(run, path, attempt.number());
        AttemptTimer timer = AttemptTimer.start(timeout);
        Ran ran;
        try {
            Object value = body.call();
            ran = new Ran(value, null, timer.stop(), timeout);
        } catch (Throwable thrown) {
            ran = new Ran(null, thrown, timer.stop(), timeout);
        }
        outside.restore();
        return ran;
    }

    /** How a body ended; one that returned in spite of its timeout has completed. */
    private record Ran(
            @Nullable Object value,
            @Nullable Throwable thrown,
            boolean timedOut,
            @Nullable Duration timeout) {
        Failure failure() {
            String type =
                    thrown == null ? Machinery.TIMED_OUT : thrown.getClass().getName();
            String message = thrown == null || thrown.getMessage() == null ? "" : thrown.getMessage();
            return timedOut
                    ? Failure.unknown(Machinery.TIMED_OUT, "no answer within " + timeout + "; then " + type)
                    : Failure.unknown(type, message);
        }
    }

    /** The labels that a body's own log lines carry, and what was there before. */
    private record Labels(
            @Nullable String saga,
            @Nullable String execution,
            @Nullable String path,
            @Nullable String attempt) {
        static Labels put(RunContext run, String path, int attempt) {
            Labels before = new Labels(MDC.get("saga"), MDC.get("execution"), MDC.get("path"), MDC.get("attempt"));
            new Labels(run.saga().name(), run.identity().name(), path, Integer.toString(attempt)).restore();
            return before;
        }

        void restore() {
            set("saga", saga);
            set("execution", execution);
            set("path", path);
            set("attempt", attempt);
        }

        private static void set(String label, @Nullable String value) {
            if (value == null) {
                MDC.remove(label);
            } else {
                MDC.put(label, value);
            }
        }
    }
}
