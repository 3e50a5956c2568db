package io.durablesaga.embedded;

import io.durablesaga.embedded.ExecutionSummary.State;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which executions to list. Immutable; each method returns a changed copy.
 *
 * @param states in one of these states; empty for any
 * @param saga of this saga, or null for any
 * @param idleSince in no other state since then, or null
 * @param limit at most this many, the newest first
 */
public record ExecutionQuery(
        Set<State> states, @Nullable String saga, @Nullable Instant idleSince, int limit) {
    private static final int DEFAULT_LIMIT = 1_000;

    /** Copies the states and checks the limit. */
    public ExecutionQuery {
        states = Set.copyOf(states);
        if (limit < 1) {
            throw new IllegalArgumentException("limit: " + limit + "; at least 1");
        }
    }

    /** All executions. */
    public static ExecutionQuery all() {
        return new ExecutionQuery(Set.of(), null, null, DEFAULT_LIMIT);
    }

    /** Those in one of these states. */
    public static ExecutionQuery in(State... states) {
        return new ExecutionQuery(Set.of(states), null, null, DEFAULT_LIMIT);
    }

    /** Those that have ended and left something for a person. */
    public static ExecutionQuery stuck() {
        return in(State.STUCK);
    }

    /** Those that wait for a person's decision. */
    public static ExecutionQuery parked() {
        return in(State.PARKED);
    }

    /** Those that have not ended and whose state has not changed since then. */
    public static ExecutionQuery unfinishedIdleSince(Instant time) {
        return in(State.RUNNING, State.WAITING, State.PARKED, State.HALTED).idleSince(time);
    }

    /** Of this saga only. */
    public ExecutionQuery ofSaga(String name) {
        return new ExecutionQuery(states, name, idleSince, limit);
    }

    /** In no other state since then. */
    public ExecutionQuery idleSince(Instant time) {
        return new ExecutionQuery(states, saga, time, limit);
    }

    /** At most this many. */
    public ExecutionQuery limit(int most) {
        return new ExecutionQuery(states, saga, idleSince, most);
    }
}
