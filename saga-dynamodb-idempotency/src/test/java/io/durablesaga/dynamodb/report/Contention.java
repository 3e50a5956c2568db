package io.durablesaga.dynamodb.report;

import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.InProgressElsewhere;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Many who want the same effect at the same time, again and again. */
final class Contention {
    private static final int CONTENDERS = 64;

    private final int rounds;
    private final Once once;
    private final AtomicLong effects = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong replayed = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();

    Contention(IdempotencyStore store, int rounds) {
        this.once = Once.over(store);
        this.rounds = rounds;
    }

    /** Whether there was one effect for each key. */
    boolean oneEffectPerKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CONTENDERS);
        try {
            for (int round = 1; round <= rounds; round++) {
                play("order-" + round, threads);
            }
        } finally {
            threads.shutdownNow();
        }
        System.out.printf(
                "%d contenders on one key, %,d rounds: %,d effects, %,d refusals or replays (%,d refused while the effect was"
                        + " under way, %,d given its result), %,d duplicates%n",
                CONTENDERS,
                rounds,
                effects.get(),
                refused.get() + replayed.get(),
                refused.get(),
                replayed.get(),
                duplicates.get());
        return effects.get() == rounds
                && duplicates.get() == 0
                && refused.get() + replayed.get() == (CONTENDERS - 1L) * rounds;
    }

    private void play(String key, ExecutorService threads) throws Exception {
        CyclicBarrier together = new CyclicBarrier(CONTENDERS);
        AtomicInteger had = new AtomicInteger();
        List<Callable<Void>> contenders = new ArrayList<>();
        for (int contender = 0; contender < CONTENDERS; contender++) {
            String owner = "contender-" + contender;
            contenders.add(() -> {
                together.await();
                contend(EffectKey.of(key, owner, String.class), had);
                return null;
            });
        }
        for (Future<Void> contender : threads.invokeAll(contenders)) {
            contender.get();
        }
        effects.addAndGet(had.get());
        duplicates.addAndGet(Math.max(0, had.get() - 1));
    }

    private void contend(EffectKey<String> key, AtomicInteger had) throws Exception {
        try {
            String by = once.run(key, OnUnknown.stop(), () -> {
                had.incrementAndGet();
                return key.owner();
            });
            if (!by.equals(key.owner())) {
                replayed.incrementAndGet();
            }
        } catch (InProgressElsewhere e) {
            refused.incrementAndGet();
        }
    }
}
