package io.durablesaga.testing.simulation;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of all simulations, used again by the next ones; idle ones go away. */
final class Workers {
    private static final int IDLE_SECONDS = 5;
    private static final Executor POOL = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "saga-simulation");
                thread.setDaemon(true);
                return thread;
            });

    private Workers() {}

    static void run(Runnable task) {
        POOL.execute(task);
    }
}
