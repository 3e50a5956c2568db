package io.durablesaga.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which attempt of a body this is.
 *
 * @param number from 1, counting interrupted attempts of fenced bodies too
 * @param failures how many earlier attempts are known to have failed; an engine that cannot tell counts all
 * @param left how much time the engine still gives the execution as a whole, or null where it sets no end
 */
public record Attempt(int number, int failures, @Nullable Duration left) {
    /** Checks them. */
    public Attempt {
        if (number < 1 || failures < 0 || failures >= number) {
            throw new IllegalArgumentException("attempt " + number + " after " + failures + " failures");
        }
    }

    /** An attempt in an execution whose time has no end. */
    public Attempt(int number, int failures) {
        this(number, failures, null);
    }
}
