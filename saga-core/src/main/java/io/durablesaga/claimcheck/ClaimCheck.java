package io.durablesaga.claimcheck;

import org.jspecify.annotations.Nullable;

/**
 * Keeps results that are too large for the record of them, an operation's or an idempotency key's; the record then holds a
 * reference. What is stored must last as long as the records that refer to it: an execution with its history, an idempotency key.
 * Nobody else should be able to read or write it. Thread-safe.
 *
 * <p>Whatever is thrown is a failure of the store and decides nothing about a saga or an effect: what needed the text fails, and
 * is tried again as a whole.
 */
public interface ClaimCheck {
    /**
     * Stores a text under a key, replacing what an interrupted attempt may have left there of it. Durable when it returns.
     *
     * @param key at most 128 characters of {@code [A-Za-z0-9/_-]}, the same for the same text of one record and no other
     */
    void store(String key, String text) throws Exception;

    /** The text that was stored under this key, or null if there is none. */
    @Nullable
    String fetch(String key) throws Exception;
}
