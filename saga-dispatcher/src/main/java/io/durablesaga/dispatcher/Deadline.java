package io.durablesaga.dispatcher;

import java.time.Duration;

/** When a batch must have its decisions. */
final class Deadline {
    private final Time time;
    private final long end;

    Deadline(Time time, Duration within) {
        this.time = time;
        this.end = time.nanos() + within.toNanos();
    }

    /** What is left, or nothing. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - time.nanos()));
    }
}
