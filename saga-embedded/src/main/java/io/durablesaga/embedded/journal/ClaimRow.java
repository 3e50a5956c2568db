package io.durablesaga.embedded.journal;

import io.durablesaga.idempotency.Claim;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One side of an idempotency key.
 *
 * @param key the key
 * @param side the effect or its undo
 * @param owner who holds it or held it last
 * @param fence grows with every grant
 * @param fingerprint of what is done under it
 * @param until when the lease ends (milliseconds)
 * @param state where it stands
 * @param text the result or the failure that it has ended with
 */
public record ClaimRow(
        String key,
        Claim.Side side,
        String owner,
        long fence,
        String fingerprint,
        long until,
        State state,
        @Nullable String text) {

    /** Where a claim stands. The codes are part of the file format. */
    public enum State implements Coded {
        /** Claimed, and nothing else yet. */
        HELD(0),
        /** Given back. */
        RELEASED(1),
        /** Completed, with a result. */
        COMPLETED(2),
        /** Failed for good, with a failure. */
        FAILED(3);

        private final int code;

        State(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** The result or the failure of a claim that has one. */
    public String ended() {
        return Objects.requireNonNull(text, "text");
    }

    /** The same claim, ended. */
    public ClaimRow ended(State end, @Nullable String newText) {
        return new ClaimRow(key, side, owner, fence, fingerprint, until, end, newText);
    }

    /** The same claim, with another lease. */
    public ClaimRow until(long newUntil) {
        return new ClaimRow(key, side, owner, fence, fingerprint, newUntil, state, text);
    }
}
