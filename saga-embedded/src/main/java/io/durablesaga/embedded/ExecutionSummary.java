package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.ExecutionRow;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line about an execution.
 *
 * @param name what it was started under
 * @param id its unique id
 * @param saga the saga's name
 * @param state where it stands
 * @param startedAt when it was started
 * @param changedAt when its state last changed
 * @param wakesAt when it goes on by itself, where it waits for a time
 */
public record ExecutionSummary(
        String name,
        String id,
        String saga,
        State state,
        Instant startedAt,
        Instant changedAt,
        @Nullable Instant wakesAt) {

    /** Where an execution stands. */
    public enum State {
        /** An incarnation works on it, or will. */
        RUNNING,
        /** It sleeps or waits for a retry, a callback or another execution. */
        WAITING,
        /** It waits for a person's decision. */
        PARKED,
        /** Its records do not match the definition. */
        HALTED,
        /** Every step had its effect. */
        COMPLETED,
        /** Everything is undone. */
        COMPENSATED,
        /** Something is left for a person. */
        STUCK
    }

    /** All but the wake time are required. */
    public ExecutionSummary {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(saga, "saga");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(changedAt, "changedAt");
    }

    static ExecutionSummary of(ExecutionRow row) {
        Long wakeAt = row.wakeAt();
        return new ExecutionSummary(
                row.name(),
                row.uid(),
                row.saga(),
                State.valueOf(row.state().name()),
                Instant.ofEpochMilli(row.startedAt()),
                Instant.ofEpochMilli(row.changedAt()),
                wakeAt == null || wakeAt < 0 ? null : Instant.ofEpochMilli(wakeAt));
    }
}
