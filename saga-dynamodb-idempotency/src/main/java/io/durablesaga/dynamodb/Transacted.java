package io.durablesaga.dynamodb;

/** What became of an effect that is recorded in one transaction with its writes: it has happened in any case. */
public sealed interface Transacted {
    /** It has happened, now. */
    record Applied() implements Transacted {}

    /**
     * It had happened before, under the same key; nothing was written.
     *
     * @param result that was recorded then
     */
    record Already(String result) implements Transacted {}
}
