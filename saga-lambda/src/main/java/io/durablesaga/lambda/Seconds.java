package io.durablesaga.lambda;

import java.time.Duration;

/** Durations as the service counts them. */
final class Seconds {
    private Seconds() {}

    /** Whole seconds, at least one, never shorter than asked. */
    static Duration of(Duration duration) {
        long whole = duration.toSeconds() + (duration.toNanosPart() > 0 ? 1 : 0);
        return Duration.ofSeconds(Math.max(1, whole));
    }
}
