package io.durablesaga.dispatcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Passes when somebody waits. */
final class VirtualTime implements Time {
    final List<Duration> waits = new ArrayList<>();
    private long now = 7_000_000_000L;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration duration) {
        waits.add(duration);
        now += duration.toNanos();
    }

    /** As if something had taken so long. */
    synchronized void passes(Duration duration) {
        now += duration.toNanos();
    }

    @Override
    public double chance() {
        return 0;
    }
}
