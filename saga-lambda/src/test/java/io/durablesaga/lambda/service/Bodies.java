package io.durablesaga.lambda.service;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs the threads of one invocation, and none any more once it is dead. Thread-safe. */
final class Bodies extends AbstractExecutorService {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long GLANCE = 20_000;

    private final String incarnation;
    private final Executor threads;
    private final Set<Thread> working = new HashSet<>();
    private int coming;
    private boolean dead;

    Bodies(String incarnation, Executor threads) {
        this.incarnation = incarnation;
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (dead) {
                throw new IncarnationKilled(incarnation);
            }
            coming++;
        }
        threads.execute(() -> work(task));
    }

    private void work(Runnable task) {
        if (!begin()) {
            return; // killed on the way here
        }
        try {
            task.run();
        } finally {
            end();
        }
    }

    private synchronized boolean begin() {
        coming--;
        if (!dead) {
            working.add(Thread.currentThread());
        }
        return !dead;
    }

    private synchronized void end() {
        working.remove(Thread.currentThread());
        notifyAll();
    }

    /** From here on, nothing begins. */
    synchronized void die() {
        dead = true;
    }

    synchronized void interrupt() {
        working.forEach(Thread::interrupt);
    }

    /** The threads that work now. */
    synchronized Set<Thread> working() {
        return Set.copyOf(working);
    }

    /** Waits until all threads that work have come to wait for something, or have worked for too long. */
    void awaitCalm(Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (busy() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(GLANCE);
        }
    }

    private synchronized boolean busy() {
        return coming > 0 || working.stream().anyMatch(Bodies::busy);
    }

    /** The durable SDK holds a lock while it waits for the answer to a checkpoint, and who is waited for here may want it. */
    private static boolean busy(Thread thread) {
        return switch (thread.getState()) {
            case RUNNABLE -> true;
            case BLOCKED -> {
                ThreadInfo info = THREADS.getThreadInfo(thread.getId());
                yield info == null
                        || info.getLockOwnerId() != Thread.currentThread().getId();
            }
            default -> false;
        };
    }

    /** Waits until nothing works any more; says whether that came true in time. */
    synchronized boolean awaitNone(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!working.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    // it is not the function's to shut down

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("the service shuts it down");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("the service shuts it down");
    }

    @Override
    public synchronized boolean isShutdown() {
        return dead;
    }

    @Override
    public synchronized boolean isTerminated() {
        return dead && working.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return awaitNone(Duration.of(timeout, unit.toChronoUnit()));
    }
}
