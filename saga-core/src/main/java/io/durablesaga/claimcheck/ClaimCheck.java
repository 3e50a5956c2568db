package io.durablesaga.claimcheck;

import org.jspecify.annotations.Nullable;

/**
 * Keeps results that are too large for an operation's record; the record then holds a reference. What is stored must last as long
 * as the execution and its history, and nobody else should be able to read or write it. Thread-safe.
 *
 * <p>Whatever is thrown ends the invocation, and the service invokes again: a store that is down decides nothing about the saga.
 */
public interface ClaimCheck {
    /**
     * Stores a text under a key, replacing what an interrupted attempt may have left there of it. Durable when it returns.
     *
     * @param key at most 128 characters of {@code [A-Za-z0-9/_-]}, the same for the same text of one operation and no other
     */
    void store(String key, String text) throws Exception;

    /** The text that was stored under this key, or null if there is none. */
    @Nullable
    String fetch(String key) throws Exception;
}
