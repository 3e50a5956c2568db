package io.durablesaga.run;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts an attempt that takes too long. The body decides when it really returns; nothing that follows starts before. An
 * attempt that has returned is never interrupted, and no interrupt is left behind.
 */
final class AttemptTimer {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final Thread body = Thread.currentThread();
    private final @Nullable Future<?> alarm;
    private boolean running = true;
    private boolean timedOut;

    private AttemptTimer(@Nullable Duration timeout) {
        this.alarm = timeout == null ? null : TIMER.schedule(this::ring, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Watches the calling thread from now on. */
    static AttemptTimer start(@Nullable Duration timeout) {
        return new AttemptTimer(timeout);
    }

    /** The body has returned: whether it had been interrupted for taking too long. */
    synchronized boolean stop() {
        running = false;
        if (alarm != null) {
            alarm.cancel(false);
        }
        Thread.interrupted(); // also one that the body left behind: what runs next on this thread is not meant
        return timedOut;
    }

    private synchronized void ring() {
        if (running) {
            timedOut = true;
            body.interrupt();
        }
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "saga-attempt-timer");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
