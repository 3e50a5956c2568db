package io.durablesaga;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.Objects;

/**
 * How often a failing body is attempted and how long is waited between attempts. Waiting holds no thread and survives a
 * crash; the delay is recorded, so a replay never draws it again.
 *
 * @param attempts how many attempts may fail before the outcome is settled, at least 1
 * @param interval the delay in milliseconds after failed attempt n (from 1)
 * @param longest an upper bound of the whole waiting, for {@link WorstCase}
 */
public record Retries(int attempts, IntervalFunction interval, Duration longest) {
    private static final double DOUBLING = 2.0;
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    /** Checks that the attempts are positive. */
    public Retries {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts: " + attempts + "; at least 1, the first one counts");
        }
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(longest, "longest");
    }

    /** One attempt and no more. */
    public static Retries none() {
        return new Retries(1, IntervalFunction.of(1), Duration.ZERO);
    }

    /** Doubling delays from {@code first}, at most a minute each. */
    public static Retries exponential(Duration first, int attempts) {
        return exponential(first, LONGEST_DELAY, attempts);
    }

    /** Doubling delays from {@code first}, at most {@code longestDelay} each. */
    public static Retries exponential(Duration first, Duration longestDelay, int attempts) {
        requirePositive(first, "first");
        requirePositive(longestDelay, "longestDelay");
        return within(
                attempts,
                IntervalFunction.ofExponentialBackoff(first.toMillis(), DOUBLING, longestDelay.toMillis()),
                1.0);
    }

    /** As {@link #exponential(Duration, Duration, int)}, each delay spread by up to half of itself either way. */
    public static Retries jittered(Duration first, Duration longestDelay, int attempts) {
        requirePositive(first, "first");
        requirePositive(longestDelay, "longestDelay");
        IntervalFunction mean =
                IntervalFunction.ofExponentialBackoff(first.toMillis(), DOUBLING, longestDelay.toMillis());
        // spread after the cut: resilience4j's own cuts after the spread, which leaves none in the longest delays
        IntervalFunction spread =
                failures -> IntervalFunction.ofRandomized(mean.apply(failures)).apply(failures);
        double most = 1.0 + IntervalFunction.DEFAULT_RANDOMIZATION_FACTOR;
        return new Retries(attempts, spread, within(attempts, mean, most).longest());
    }

    /** The same delay each time. */
    public static Retries every(Duration delay, int attempts) {
        requirePositive(delay, "delay");
        return within(attempts, IntervalFunction.of(delay.toMillis()), 1.0);
    }

    /** The delay after failed attempt {@code failures}, from 1. */
    public Duration delayAfter(int failures) {
        return Duration.ofMillis(Math.max(1L, interval.apply(failures)));
    }

    private static Retries within(int attempts, IntervalFunction interval, double most) {
        double total = 0;
        long previous = 0;
        for (int failure = 1; failure < attempts; failure++) {
            long delay = interval.apply(failure);
            if (delay == previous) { // the longest there is: all further ones are the same
                total += (attempts - failure) * (delay * most);
                break;
            }
            total += delay * most;
            previous = delay;
        }
        return new Retries(attempts, interval, Duration.ofMillis((long) Math.ceil(total)));
    }

    private static void requirePositive(Duration duration, String parameter) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException(parameter + ": " + duration + "; at least one millisecond");
        }
    }
}
