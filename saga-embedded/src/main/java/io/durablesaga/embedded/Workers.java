package io.durablesaga.embedded;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that incarnations run on. A line of control that blocks lends its place to others, so that a group wider than
 * the pool cannot wait for members that wait for a place; and what goes on with a running incarnation comes before what begins
 * one, so that no more lines block than running incarnations have. Thread-safe.
 */
final class Workers implements Executor {
    private static final int KEEP_SECONDS = 30;

    private final int places;
    private final ThreadPoolExecutor pool;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicLong order = new AtomicLong();
    private int lent;

    /** So many lines of control run at the same time. */
    Workers(int places) {
        this.places = places;
        AtomicInteger count = new AtomicInteger();
        this.pool = new ThreadPoolExecutor(
                places, places, KEEP_SECONDS, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), task -> {
                    Thread thread = new Thread(() -> work(task), "saga-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    private record Task(boolean begins, long order, Runnable work) implements Runnable, Comparable<Task> {
        @Override
        public void run() {
            work.run();
        }

        @Override
        public int compareTo(Task other) {
            return begins == other.begins ? Long.compare(order, other.order) : begins ? 1 : -1;
        }
    }

    int places() {
        return places;
    }

    /** Runs an incarnation, once there is a place that nothing under way needs. */
    void begin(Incarnation incarnation) {
        pool.execute(new Task(true, order.incrementAndGet(), incarnation));
    }

    /** Runs a part of an incarnation that is under way. */
    @Override
    public void execute(Runnable part) {
        pool.execute(new Task(false, order.incrementAndGet(), part));
    }

    /** The calling thread blocks until others have done something: its place is free. */
    synchronized void lend() {
        pool.setMaximumPoolSize(places + lent + 1);
        pool.setCorePoolSize(places + lent + 1);
        lent++; // not where there was no memory for another thread
    }

    /** The calling thread goes on; whoever took its place finishes what it is at. */
    synchronized void takeBack() {
        lent--;
        pool.setCorePoolSize(places + lent);
        pool.setMaximumPoolSize(places + lent);
    }

    /** Interrupts whatever runs; what waits for a place stays. */
    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    /** Takes nothing more; what has been taken still runs. */
    void close() {
        pool.shutdown();
    }

    private void work(Runnable task) {
        threads.add(Thread.currentThread());
        try {
            task.run();
        } finally {
            threads.remove(Thread.currentThread());
        }
    }
}
