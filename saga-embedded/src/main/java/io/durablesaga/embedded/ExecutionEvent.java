package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.RecordRow;
import io.durablesaga.result.Failure;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record of an execution, for people and their tools.
 *
 * @param at when
 * @param operation the operation's position in the definition's run; empty for the execution itself
 * @param kind {@code ACTION}, {@code UNDO}, {@code CAPTURE}, {@code POLL}, {@code FAILURE}, {@code SLEEP},
 *     {@code CALLBACK}, {@code INVOKE} or {@code EXECUTION}
 * @param name the operation's name
 * @param what what happened
 * @param attempt which attempt
 * @param payload what was recorded: JSON of a result or failure
 * @param wakesAt when it goes on by itself: the next attempt or look, the end of a pause, a callback's timeout
 */
public record ExecutionEvent(
        Instant at,
        String operation,
        String kind,
        String name,
        What what,
        int attempt,
        @Nullable String payload,
        @Nullable Instant wakesAt) {

    /** What happened. */
    public enum What {
        /** The process had died, and another one goes on. */
        RESUMED,
        /** An attempt begins after one that may have been interrupted. */
        ATTEMPT,
        /** An attempt failed and another one follows. */
        RETRY,
        /** A look found nothing and another one follows. */
        AGAIN,
        /** Completed. */
        COMPLETED,
        /** Failed for good. */
        FAILED,
        /** A pause, a callback or an invoked execution is under way. */
        OPENED
    }

    /** All but the payload and the wake time are required. */
    public ExecutionEvent {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(what, "what");
    }

    static ExecutionEvent of(RecordRow row) {
        return new ExecutionEvent(
                Instant.ofEpochMilli(row.at()),
                row.operation(),
                row.kind().name(),
                row.name(),
                What.valueOf(row.event().name()),
                row.kind() == RecordRow.Kind.CALLBACK ? 1 : row.attempt(), // a callback's row says how it ended
                row.payload(),
                row.wakeAt() == null ? null : Instant.ofEpochMilli(row.wakeAt()));
    }

    /** Why an attempt, or the operation for good, failed; empty for everything else, failed callbacks included. */
    public Optional<Failure> failure() {
        boolean failed = what == What.RETRY || what == What.FAILED;
        return failed && payload != null && !kind.equals("CALLBACK")
                ? Optional.of(Failures.read(payload))
                : Optional.empty();
    }
}
