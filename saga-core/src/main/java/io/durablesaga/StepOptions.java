package io.durablesaga;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a step is attempted. Immutable; each method returns a changed copy, starting from {@link #with()}.
 *
 * @param retries how often a failing attempt is repeated; not at all by default
 * @param timeout how long one attempt may take before its thread is interrupted, or null for no bound
 * @param rejections the exception types that say the effect surely did not happen
 * @param replaysFirstAnswer whether the provider answers a repeated key with its first answer
 * @param interruptions how many crashes in the middle of an attempt are survived before the outcome is unknown
 * @param resultBytes the most bytes the recorded result may take, or null for the engine's own limit
 */
public record StepOptions(
        Retries retries,
        @Nullable Duration timeout,
        Set<Class<? extends Throwable>> rejections,
        boolean replaysFirstAnswer,
        int interruptions,
        @Nullable Integer resultBytes) {

    /** One attempt, no timeout, nothing but {@link StepRejected} is a rejection. */
    public static final StepOptions DEFAULT = new StepOptions(Retries.none(), null, Set.of(), false, 50, null);

    /** Checks each part. */
    public StepOptions {
        Objects.requireNonNull(retries, "retries");
        rejections = Set.copyOf(rejections);
        if (timeout != null && timeout.toMillis() < 1) {
            throw new IllegalArgumentException("timeout: " + timeout + "; at least one millisecond");
        }
        if (interruptions < 1) {
            throw new IllegalArgumentException("interruptions: " + interruptions
                    + "; at least 1, or a single crash would leave the outcome unknown");
        }
        if (resultBytes != null && resultBytes < 1) {
            throw new IllegalArgumentException("resultBytes: " + resultBytes + "; at least 1");
        }
    }

    /** The defaults, to start a chain from. */
    public static StepOptions with() {
        return DEFAULT;
    }

    /** Repeats failing attempts. */
    public StepOptions retry(Retries newRetries) {
        return new StepOptions(newRetries, timeout, rejections, replaysFirstAnswer, interruptions, resultBytes);
    }

    /** Interrupts an attempt after this long; what follows waits until the body has really returned. */
    public StepOptions timeout(Duration newTimeout) {
        return new StepOptions(retries, newTimeout, rejections, replaysFirstAnswer, interruptions, resultBytes);
    }

    /** Takes exceptions of this type, and its subtypes, for a clean "no" that had no effect. */
    public StepOptions rejectedBy(Class<? extends Throwable> type) {
        Set<Class<? extends Throwable>> all =
                Stream.concat(rejections.stream(), Stream.of(type)).collect(Collectors.toUnmodifiableSet());
        return new StepOptions(retries, timeout, all, replaysFirstAnswer, interruptions, resultBytes);
    }

    /** Says that the provider answers a repeated key with its first answer, so that a late rejection is clean too. */
    public StepOptions providerReplays() {
        return new StepOptions(retries, timeout, rejections, true, interruptions, resultBytes);
    }

    /** Survives this many crashes in the middle of an attempt. */
    public StepOptions interruptions(int most) {
        return new StepOptions(retries, timeout, rejections, replaysFirstAnswer, most, resultBytes);
    }

    /** Bounds the recorded result; a larger one leaves the outcome unknown, since the body has run. */
    public StepOptions resultAtMost(int bytes) {
        return new StepOptions(retries, timeout, rejections, replaysFirstAnswer, interruptions, bytes);
    }
}
