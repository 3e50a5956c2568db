package io.durablesaga.lambda;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A pool that takes whatever it is given: what it has no thread for runs on one of its own. The SDK counts an attempt as under way
 * before the pool has taken it, so an attempt that is rejected would keep its invocation waiting until its time is over. Thread-safe.
 */
final class Threads extends AbstractExecutorService {
    private final ExecutorService pool;

    Threads(ExecutorService pool) {
        this.pool = pool;
    }

    @Override
    public void execute(Runnable task) {
        try {
            pool.execute(task);
        } catch (RejectedExecutionException full) {
            Thread thread = new Thread(task, "saga-beside-full-pool");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void shutdown() {
        pool.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return pool.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return pool.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return pool.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return pool.awaitTermination(timeout, unit);
    }
}
