package io.durablesaga.embedded.journal;

import io.durablesaga.idempotency.Claim;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be asked of the records. */
public interface Reads {
    /** An execution by its row. */
    Optional<ExecutionRow> execution(long id);

    /** An execution by its name. */
    Optional<ExecutionRow> execution(String name);

    /** Executions by what their idempotency keys have in common. */
    List<ExecutionRow> byKeyPart(String keyPart);

    /** The records of an execution, in order. */
    List<RecordRow> records(long execution);

    /** A callback by its id. */
    Optional<CallbackRow> callback(String id);

    /** The callbacks of an execution that are still open, in the order they were opened. */
    List<CallbackRow> openCallbacks(long execution);

    /** Executions of these sagas that are due, the longest waiting first. */
    List<ExecutionRow> due(Collection<String> sagas, long now, int limit);

    /** When the next execution of these sagas is due after this time, or empty if none is. */
    Optional<Long> nextDue(Collection<String> sagas, long after);

    /** Executions, the newest first. */
    List<ExecutionRow> query(Query query);

    /** One side of an idempotency key. */
    Optional<ClaimRow> claim(String key, Claim.Side side);

    /**
     * Which executions.
     *
     * @param states in one of these states; empty for any
     * @param saga of this saga, or null for any
     * @param unchangedSince unchanged since then, or null
     * @param limit at most this many
     */
    record Query(
            Set<ExecutionRow.State> states,
            @Nullable String saga,
            @Nullable Instant unchangedSince,
            int limit) {
        /** Copies the states. */
        public Query {
            states = Set.copyOf(states);
        }
    }
}
