package io.durablesaga.dynamodb;

import java.time.Instant;
import java.util.List;

/** What became of an effect that is recorded in one transaction with its writes. */
public sealed interface Transacted {
    /** It has happened, now. */
    record Applied() implements Transacted {}

    /**
     * It had happened before, under the same key; nothing was written.
     *
     * @param result that was recorded then
     */
    record Already(String result) implements Transacted {}

    /** There surely was no effect and there never will be: a claim of the key failed for good, and this is what was said of it. */
    record Failed(String failure) implements Transacted {}

    /**
     * Somebody has claimed the key, and its end is not recorded. Nothing was written.
     *
     * @param owner who
     * @param until when the lease ends, by the clock of who asked; the claim does not: whoever claims the key then has the effect
     */
    record InProgress(String owner, Instant until) implements Transacted {}

    /** The key was used for something else. Nothing was written. */
    record OtherPayload(String expectedFingerprint) implements Transacted {}

    /** The effect is being undone, or has been, or its undo came first: it must not happen any more. Nothing was written. */
    record Undone() implements Transacted {}

    /**
     * Own conditions of writes did not hold. Nothing was written, and there is no effect under this key.
     *
     * @param writes those
     */
    record Refused(List<RefusedWrite> writes) implements Transacted {}
}
