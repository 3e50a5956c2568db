package io.durablesaga.claimcheck;

import io.durablesaga.engine.Sha256;
import java.util.Objects;

/**
 * An input that a claim check keeps, since an engine would not take it: what a saga is started on in its place. The same text under the
 * same name is always the same.
 *
 * @param key where it is kept
 * @param sha256 of the text, in 64 hex digits
 */
public record CheckedInput(String key, String sha256) {
    private static final int REFERENCE_DIGITS = 40;

    /** Both are required. */
    public CheckedInput {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(sha256, "sha256");
    }

    /** Puts the input of the execution of this name away. Under the same name another text is kept elsewhere. */
    public static CheckedInput store(ClaimCheck claimCheck, String name, String text) throws Exception {
        String sha256 = Sha256.hex(text);
        CheckedInput input = new CheckedInput("inputs/" + name + "/" + sha256.substring(0, REFERENCE_DIGITS), sha256);
        claimCheck.store(input.key(), text);
        return input;
    }

    /**
     * Takes it out again.
     *
     * @throws IllegalStateException if it is not there, or is another text
     */
    public String fetch(ClaimCheck claimCheck) throws Exception {
        String text = claimCheck.fetch(key);
        if (text == null || !Sha256.hex(text).equals(sha256)) {
            throw new IllegalStateException("the claim check has " + (text == null ? "nothing" : "something else")
                    + " under " + key + "; the saga goes on once it is back");
        }
        return text;
    }
}
