package io.durablesaga.idempotency;

import java.time.Instant;

/** The answer to whoever wants to have an effect. */
public sealed interface Claim {
    /** What a grant is for: the effect under a key, or the undo of it. */
    enum Side {
        /** The effect. */
        ACTION,
        /** What undoes it. */
        UNDO
    }

    /**
     * The key is yours.
     *
     * @param key the key
     * @param side the effect or its undo
     * @param owner who holds it
     * @param fence grows with every grant of the key, so that an older holder can be told from a newer one
     * @param takenOver whether an earlier claim was never completed or released: its effect is unknown, so look it up,
     *     repeat it or stop, as the effect allows
     */
    record Granted(String key, Side side, String owner, long fence, boolean takenOver) implements Claim {}

    /** The effect is done; this is its result. */
    record Completed(String result) implements Claim {}

    /** There surely was no effect and there never will be: it failed for good, and this is what was said of it. */
    record Failed(String failure) implements Claim {}

    /**
     * Somebody else holds the key.
     *
     * @param owner who
     * @param fence of that grant; with it, whoever knows that this holder is gone {@linkplain
     *     IdempotencyStore.Request#takingOver takes over} at once
     * @param until when the lease ends, by the clock of who asked
     */
    record InProgress(String owner, long fence, Instant until) implements Claim {}

    /** The key was claimed for something else. */
    record OtherPayload(String expectedFingerprint) implements Claim {}

    /** The effect is being undone, or has been, or its undo came first: it must not happen any more. */
    record Undone() implements Claim {}
}
