package io.durablesaga.testing.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Lets many things happen at the same time. */
final class Together {
    private Together() {}

    /** One of many that happen at the same time. */
    interface One<T> {
        T happen(int number) throws Exception;
    }

    /** As many, each on a thread of its own; what came of them, in the order of their numbers. */
    static <T> List<T> all(int count, One<T> one) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<T>> futures = IntStream.range(0, count)
                    .mapToObj(i -> threads.submit(() -> {
                        go.await();
                        return one.happen(i);
                    }))
                    .toList();
            go.countDown();
            List<T> all = new ArrayList<>();
            for (Future<T> future : futures) {
                all.add(future.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }
}
