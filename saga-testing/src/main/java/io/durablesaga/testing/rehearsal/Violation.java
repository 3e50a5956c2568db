package io.durablesaga.testing.rehearsal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that must hold and did not.
 *
 * @param invariant which: I1 to I8, or a name of the user's own
 * @param text what was seen and what it means
 * @param expected the sequence that would have been right, where there is one
 * @param actual the sequence that was seen
 */
public record Violation(
        String invariant,
        String text,
        @Nullable String expected,
        @Nullable String actual) {
    /** Invariant and text are required. */
    public Violation {
        Objects.requireNonNull(invariant, "invariant");
        Objects.requireNonNull(text, "text");
    }

    /** Without sequences. */
    public static Violation of(String invariant, String text) {
        return new Violation(invariant, text, null, null);
    }

    @Override
    public String toString() {
        return invariant + ": " + text + (expected == null ? "" : "\n  expected " + expected)
                + (actual == null ? "" : "\n  actual   " + actual);
    }
}
