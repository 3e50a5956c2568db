package io.durablesaga.testing.simulation;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The threads that are in a body of one process. Thread-safe. */
final class Bodies {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Set<Thread> inside = new HashSet<>();

    void enter() {
        lock.lock();
        try {
            inside.add(Thread.currentThread());
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            inside.remove(Thread.currentThread());
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nobody is in a body, interrupts who still is after a while, and leaves behind who does not hear that. */
    void awaitNone() {
        lock.lock();
        try {
            if (!noneWithinPatience()) {
                inside.forEach(Thread::interrupt);
                noneWithinPatience();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean noneWithinPatience() {
        boolean interrupted = false;
        long remaining = PATIENCE;
        while (!inside.isEmpty() && remaining > 0) {
            try {
                remaining = left.awaitNanos(remaining);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return inside.isEmpty();
    }
}
