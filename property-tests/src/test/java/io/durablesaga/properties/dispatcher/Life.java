package io.durablesaga.properties.dispatcher;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that a function runs in: once it is dead, nothing that it still does reaches anybody. */
final class Life {
    /** A start that waits for the end of an invocation has waited long enough: nobody has kept to the deadline. */
    private static final long PATIENCE_SECONDS = 5;

    /** Everything ends here; no exception, which somebody might take for an answer. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;

        Death() {
            super("the process is dead", null, false, false);
        }
    }

    private volatile boolean dead;
    private volatile boolean overdue;
    private volatile CountDownLatch over = new CountDownLatch(0);
    private @Nullable Thread waiting;

    /** An invocation begins, whose answer this thread waits for. */
    synchronized void begins() {
        waiting = Thread.currentThread();
        over = new CountDownLatch(1);
    }

    /** It has ended, with or without an answer. */
    synchronized void ends() {
        waiting = null;
        Thread.interrupted(); // which was for this invocation
        over.countDown();
    }

    /** Returns only to the living. */
    void check() {
        if (dead) {
            throw new Death();
        }
    }

    Death dies() {
        dead = true;
        return new Death();
    }

    boolean isDead() {
        return dead;
    }

    /** Whether an invocation has not ended in time. */
    boolean isOverdue() {
        return overdue;
    }

    synchronized void interrupt() {
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    void awaitEnd() {
        try {
            boolean ended = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            overdue |= !ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw dies();
        }
        check();
    }
}
