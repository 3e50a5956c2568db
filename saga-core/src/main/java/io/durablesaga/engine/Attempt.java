package io.durablesaga.engine;

/**
 * Which attempt of a body this is.
 *
 * @param number from 1, counting interrupted attempts of fenced bodies too
 * @param failures how many earlier attempts are known to have failed; an engine that cannot tell counts all
 */
public record Attempt(int number, int failures) {
    /** Checks both. */
    public Attempt {
        if (number < 1 || failures < 0 || failures >= number) {
            throw new IllegalArgumentException("attempt " + number + " after " + failures + " failures");
        }
    }
}
