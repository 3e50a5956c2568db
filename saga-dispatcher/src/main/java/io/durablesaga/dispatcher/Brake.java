package io.durablesaga.dispatcher;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/** How long to wait before a start is tried again, and, where the engine takes no more, before any other is tried. */
final class Brake {
    private static final long FIRST_MILLIS = 50;
    private static final long LONGEST_MILLIS = 5_000;
    private static final double DOUBLING = 2.0;
    private static final IntervalFunction BACKOFF =
            IntervalFunction.ofExponentialBackoff(FIRST_MILLIS, DOUBLING, LONGEST_MILLIS);

    private final Time time;
    private long until;

    Brake(Time time) {
        this.time = time;
        this.until = time.nanos();
    }

    /** Between half of it and all, so that those who were refused together do not come back together. */
    Duration delay(int failures) {
        long most = Duration.ofMillis(BACKOFF.apply(failures)).toNanos();
        return Duration.ofNanos((long) (most * (1 - time.chance() / 2)));
    }

    /** Nobody starts anything for this long. */
    synchronized void apply(Duration delay) {
        long end = time.nanos() + delay.toNanos();
        if (end - until > 0) {
            until = end;
        }
    }

    /** How long there is to wait now; a little more for each who waits, so that they go on one after another. */
    synchronized Duration wait(double share) {
        long left = until - time.nanos();
        return left <= 0
                ? Duration.ZERO
                : Duration.ofNanos(
                        left + (long) (Duration.ofMillis(FIRST_MILLIS).toNanos() * share));
    }
}
