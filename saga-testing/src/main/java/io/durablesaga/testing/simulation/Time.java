package io.durablesaga.testing.simulation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The clock of a simulation, which counts milliseconds and stands still until it is moved. Thread-safe. */
final class Time {
    private static final long ALMOST_A_MILLISECOND = 999_999;

    private final AtomicLong now = new AtomicLong(1_767_225_600_000L); // 2026 begins, so that dates look like dates

    long now() {
        return now.get();
    }

    void advance(Duration time) {
        now.addAndGet(millis(time));
    }

    /** A duration is never shortened. */
    static long millis(Duration duration) {
        return duration.plusNanos(ALMOST_A_MILLISECOND).toMillis();
    }
}
