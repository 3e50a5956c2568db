package io.durablesaga.start;

import java.util.Objects;

/**
 * How an execution stands.
 *
 * @param state in short
 * @param detail what else is known of its end, without anything of its input or result; may be empty
 */
public record Standing(State state, String detail) implements StandingAnswer {
    /** How an execution stands, in short. */
    public enum State {
        /** It has not ended: it runs, waits, or is parked for a decision. */
        RUNNING,
        /** Every step had its effect, or the function succeeded with something that is no saga's result. */
        COMPLETED,
        /** Its saga was undone, as its definition says, and that counts as a success. */
        COMPENSATED,
        /** It failed, or left something for a person. */
        FAILED,
        /** It ran out of its execution timeout. */
        TIMED_OUT,
        /** Somebody stopped it. */
        STOPPED,
        /** The engine knows none: not yet, or not any more. */
        UNKNOWN
    }

    /** Both are required. */
    public Standing {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(detail, "detail");
    }
}
