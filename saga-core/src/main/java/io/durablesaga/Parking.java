package io.durablesaga;

import java.time.Duration;

/**
 * How long a person has to decide what becomes of a step or undo whose budget is spent.
 *
 * @param timeout how long the execution stays parked before it ends stuck
 */
public record Parking(Duration timeout) {
    /** Checks that the time is positive. */
    public Parking {
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("timeout: " + timeout + "; give a person time to decide");
        }
    }

    /** Waits this long for a decision. */
    public static Parking park(Duration timeout) {
        return new Parking(timeout);
    }
}
