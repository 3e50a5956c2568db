package io.durablesaga.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/** Several threads that call an engine at the same time. */
final class Callers {
    private Callers() {}

    /** Runs the call so many times on so many threads, and returns when all have; the first failure is thrown. */
    static void call(int threads, int times, IntConsumer call) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> callers = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int first = thread;
            callers.add(new Thread(() -> {
                try {
                    for (int i = first; i < times; i += threads) {
                        call.accept(i);
                    }
                } catch (Throwable thrown) {
                    failure.compareAndSet(null, thrown);
                }
            }));
        }
        callers.forEach(Thread::start);
        callers.forEach(Callers::join);
        if (failure.get() != null) {
            throw new AssertionError("a caller failed", failure.get());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
