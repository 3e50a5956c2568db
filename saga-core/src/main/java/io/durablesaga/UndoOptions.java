package io.durablesaga;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an undo is attempted and what happens when it fails for good. Immutable; each method returns a changed copy, starting
 * from {@link #undoing()}.
 *
 * @param retries how often a failing attempt is repeated; ten attempts by default
 * @param timeout how long one attempt may take before its thread is interrupted, or null for no bound
 * @param holding whether the undos of earlier steps stay undone when this one fails for good
 * @param parking how long to wait for a person's decision when the budget is spent, or null to end stuck at once
 * @param interruptions how many crashes in the middle of an attempt are survived
 */
public record UndoOptions(
        Retries retries,
        @Nullable Duration timeout,
        boolean holding,
        @Nullable Parking parking,
        int interruptions) {

    /** Ten attempts, a second to a minute apart, then stuck; earlier undos still run. */
    public static final UndoOptions DEFAULT =
            new UndoOptions(Retries.exponential(Duration.ofSeconds(1), 10), null, false, null, 100);

    /** Checks each part. */
    public UndoOptions {
        Objects.requireNonNull(retries, "retries");
        if (timeout != null && timeout.toMillis() < 1) {
            throw new IllegalArgumentException("timeout: " + timeout + "; at least one millisecond");
        }
        if (interruptions < 1) {
            throw new IllegalArgumentException("interruptions: " + interruptions + "; at least 1");
        }
    }

    /** The defaults, to start a chain from. */
    public static UndoOptions undoing() {
        return DEFAULT;
    }

    /** Repeats failing attempts this way. */
    public UndoOptions retry(Retries newRetries) {
        return new UndoOptions(newRetries, timeout, holding, parking, interruptions);
    }

    /** Interrupts an attempt after this long. */
    public UndoOptions timeout(Duration newTimeout) {
        return new UndoOptions(retries, newTimeout, holding, parking, interruptions);
    }

    /** When this undo fails for good, the undos of earlier steps do not run: do not refund while the parcel is out. */
    public UndoOptions holdsEarlier() {
        return new UndoOptions(retries, timeout, true, parking, interruptions);
    }

    /** When the budget is spent, parks the execution for a person's decision instead of ending it stuck. */
    public UndoOptions onStuck(Parking newParking) {
        return new UndoOptions(retries, timeout, holding, Objects.requireNonNull(newParking, "parking"), interruptions);
    }

    /** Survives this many crashes in the middle of an attempt. */
    public UndoOptions interruptions(int most) {
        return new UndoOptions(retries, timeout, holding, parking, most);
    }
}
