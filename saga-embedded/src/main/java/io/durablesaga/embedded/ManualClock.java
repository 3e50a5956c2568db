package io.durablesaga.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that only moves when a test moves it; engines that use it notice at once. Thread-safe. */
public final class ManualClock implements InstantSource {
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile Instant now;

    /** Stands at this time. */
    public ManualClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves on by this much. */
    public void advance(Duration time) {
        synchronized (this) {
            now = now.plus(time);
        }
        watchers.forEach(Runnable::run);
    }

    void onMove(Runnable watcher) {
        watchers.add(watcher);
    }
}
