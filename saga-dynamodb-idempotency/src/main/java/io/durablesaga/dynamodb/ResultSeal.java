package io.durablesaga.dynamodb;

/**
 * Encrypts what is stored of results and failures. A sealed text opens under the key it was sealed for and no other. Thread-safe.
 *
 * @see AesSeal
 */
public interface ResultSeal {
    /** The text, unreadable and tied to this key. */
    String seal(String key, String text) throws Exception;

    /** The text again; fails for what was not sealed for this key, or has been changed. */
    String open(String key, String sealed) throws Exception;
}
