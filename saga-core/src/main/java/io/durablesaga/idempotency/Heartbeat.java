package io.durablesaga.idempotency;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Extends leases three times in the time that one lasts, while effects are being had. A few daemon threads, which end when they
 * have had nothing to do for a while. A beat that fails is made up for by the next; one that finds its claim lost is the last.
 */
final class Heartbeat {
    private static final int BEATS_PER_LEASE = 3;

    /** More than one, so that a request that hangs does not hold up the others. */
    private static final int THREADS = 4;

    private final IdempotencyStore store;
    private final Duration lease;
    private final ScheduledThreadPoolExecutor timer;

    Heartbeat(IdempotencyStore store, Duration lease) {
        this.store = store;
        this.lease = lease;
        this.timer = new ScheduledThreadPoolExecutor(THREADS, task -> {
            Thread thread = new Thread(task, "saga-claim-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /** Keeps this claim until it is closed. */
    Beat start(Claim.Granted claim) {
        Beat beat = new Beat(claim);
        beat.again();
        return beat;
    }

    /** One claim that is being kept. */
    final class Beat implements AutoCloseable, Runnable {
        private final Claim.Granted claim;
        private @Nullable Future<?> next;
        private boolean closed;

        private Beat(Claim.Granted claim) {
            this.claim = claim;
        }

        @Override
        public void run() {
            again(); // first, since what the store throws ends this task
            if (!store.extend(claim, lease)) {
                close();
            }
        }

        private synchronized void again() {
            if (!closed) {
                long pause = Math.max(1, lease.dividedBy(BEATS_PER_LEASE).toMillis());
                next = timer.schedule(this, pause, TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public synchronized void close() {
            closed = true;
            if (next != null) {
                next.cancel(false);
            }
        }
    }
}
