package io.durablesaga.idempotency;

import java.time.Instant;

/** The answer to a claim. */
public sealed interface Claim {
    /**
     * The key is yours.
     *
     * @param key the key
     * @param owner who holds it
     * @param fence grows with every grant of the key, so that an older holder can be told from a newer one
     * @param takenOver whether an earlier claim was never completed or released: its effect is unknown, so look it up,
     *     repeat it or stop, as the effect allows
     */
    record Granted(String key, String owner, long fence, boolean takenOver) implements Claim {}

    /** The effect is done; this is its result. */
    record Completed(String result) implements Claim {}

    /** Somebody else holds the key. */
    record InProgress(String owner, Instant until) implements Claim {}

    /** The key was claimed for something else. */
    record OtherPayload(String expectedFingerprint) implements Claim {}
}
