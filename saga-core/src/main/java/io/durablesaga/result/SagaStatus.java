package io.durablesaga.result;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an execution stands.
 *
 * @param <O> what the saga yields when it completes
 */
public sealed interface SagaStatus<O extends @Nullable Object> {
    /** An incarnation works on it, or will as soon as there is room. */
    record Running<O extends @Nullable Object>() implements SagaStatus<O> {}

    /** It sleeps, waits for a retry, a callback or another execution, and holds no thread. */
    record Waiting<O extends @Nullable Object>(@Nullable Instant until) implements SagaStatus<O> {}

    /** A person has to decide; see {@link ParkedDecision}. */
    record Parked<O extends @Nullable Object>(List<ParkedDecision> decisions) implements SagaStatus<O> {
        /** Copies the decisions. */
        public Parked {
            decisions = List.copyOf(decisions);
        }
    }

    /** Its records do not match the definition: nothing runs and nothing is undone until the old one is back. */
    record Halted<O extends @Nullable Object>(String reason) implements SagaStatus<O> {
        /** The reason shows both sides. */
        public Halted {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** It has ended. */
    record Ended<O extends @Nullable Object>(SagaResult<O> result) implements SagaStatus<O> {
        /** The result is required. */
        public Ended {
            Objects.requireNonNull(result, "result");
        }
    }

    /** The engine ended it (stopped, timed out, limit): nothing was undone. */
    record Dead<O extends @Nullable Object>(String reason) implements SagaStatus<O> {
        /** The reason is required. */
        public Dead {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * One undo, or one step past the pivot, whose budget is spent.
     *
     * @param path the step
     * @param id what a decision is addressed to
     * @param until when the execution ends stuck without one
     */
    record ParkedDecision(String path, String id, Instant until) {
        /** All parts are required. */
        public ParkedDecision {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(until, "until");
        }
    }
}
