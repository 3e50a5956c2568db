package io.durablesaga.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts a body shortly before its invocation is killed. What it had not finished by then is an interruption and no failure:
 * another invocation tries again, with the same key and the time of a whole invocation.
 */
final class Deadline {
    /** What is left for ending an invocation in order. */
    static final Duration MARGIN = Duration.ofSeconds(2);

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final Thread body = Thread.currentThread();
    private final @Nullable Future<?> alarm;
    private boolean running = true;
    private boolean rung;

    private Deadline(@Nullable Context invocation) {
        this.alarm = invocation == null ? null : schedule(invocation.getRemainingTimeInMillis() - MARGIN.toMillis());
    }

    /** Watches the calling thread from now on; forever where nothing says how long an invocation lasts. */
    static Deadline watch(@Nullable Context invocation) {
        return new Deadline(invocation);
    }

    /** The body has returned: whether it had been interrupted. */
    synchronized boolean stop() {
        running = false;
        if (alarm != null) {
            alarm.cancel(false);
        }
        if (rung) {
            Thread.interrupted(); // what runs next on this thread is not meant
        }
        return rung;
    }

    private Future<?> schedule(long millis) {
        return TIMER.schedule(this::ring, Math.max(0, millis), TimeUnit.MILLISECONDS);
    }

    private synchronized void ring() {
        if (running) {
            rung = true;
            body.interrupt();
        }
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "saga-invocation-timer");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
