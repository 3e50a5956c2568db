package io.durablesaga.dynamodb.report;

import io.durablesaga.dynamodb.DynamoDbIdempotencyStore;
import io.durablesaga.dynamodb.IdempotencyTable;
import io.durablesaga.dynamodb.Stamped;
import io.durablesaga.dynamodb.Stamps;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Effects per second in the modes that send requests, beside a bare conditional PutItem, all taking turns in one run. */
final class Throughput {
    private static final int THREADS = 8;
    private static final int ROUNDS = 15;
    private static final int WARM_UP = 4;
    private static final int EFFECTS = 1_600;
    private static final double LEAST_CLAIM = 0.45;
    private static final double LEAST_STAMP = 0.95;
    private static final AtomicInteger KEYS = new AtomicInteger();

    private final String where;
    private final DynamoDbClient client;
    private final String items;
    private final Once once;
    private final Stamps stamps;

    Throughput(String where, DynamoDbClient client, IdempotencyTable items, IdempotencyTable keys) {
        this.where = where;
        this.client = client;
        this.items = items.name();
        this.once = Once.over(DynamoDbIdempotencyStore.over(client, keys));
        this.stamps = Stamps.over(client);
    }

    /** One effect under a new key. */
    private interface Effect {
        void have(String key) throws Exception;
    }

    /** Whether each mode is as fast as it should be, by the median of the ratios within rounds. */
    boolean fastEnough() throws Exception {
        Map<String, List<Double>> ratios = new TreeMap<>();
        List<Double> bare = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < WARM_UP + ROUNDS; round++) {
                double put = perSecond(this::put, threads);
                double claim = perSecond(this::claim, threads);
                double stamp = perSecond(this::stamp, threads);
                if (round >= WARM_UP) {
                    bare.add(put);
                    ratios.computeIfAbsent("claim", mode -> new ArrayList<>()).add(claim / put);
                    ratios.computeIfAbsent("stamp", mode -> new ArrayList<>()).add(stamp / put);
                }
            }
        } finally {
            threads.shutdownNow();
        }
        double claim = median(ratios.get("claim"));
        double stamp = median(ratios.get("stamp"));
        System.out.printf(
                "%s, %d threads, median of %d rounds of %,d effects: bare conditional PutItem %,.0f per second%n",
                where, THREADS, ROUNDS, EFFECTS, median(bare));
        System.out.printf("    claim mode %.2f of it, %s%n", claim, verdict(claim, LEAST_CLAIM));
        System.out.printf("    stamp mode %.2f of it, %s%n", stamp, verdict(stamp, LEAST_STAMP));
        return claim >= LEAST_CLAIM && stamp >= LEAST_STAMP;
    }

    private static String verdict(double ratio, double least) {
        return String.format("at least %.2f: %s", least, ratio >= least ? "kept" : "MISSED");
    }

    private void put(String key) {
        client.putItem(put -> put.tableName(items)
                .item(Map.of("id", AttributeValue.fromS(key), "amount", AttributeValue.fromN("1")))
                .conditionExpression("attribute_not_exists(id)"));
    }

    private void claim(String key) throws Exception {
        once.run(EffectKey.of(key, key, Integer.class), OnUnknown.stop(), () -> 1);
    }

    private void stamp(String key) {
        UpdateItemRequest update = UpdateItemRequest.builder()
                .tableName(items)
                .key(Map.of("id", AttributeValue.fromS(key)))
                .updateExpression("SET amount = :amount")
                .expressionAttributeValues(Map.of(":amount", AttributeValue.fromN("1")))
                .build();
        if (!(stamps.apply(update, key) instanceof Stamped.Applied)) {
            throw new IllegalStateException("not applied: " + key);
        }
    }

    private double perSecond(Effect effect, ExecutorService threads) throws Exception {
        List<Callable<Void>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            work.add(() -> {
                for (int i = 0; i < EFFECTS / THREADS; i++) {
                    effect.have("key-" + KEYS.incrementAndGet());
                }
                return null;
            });
        }
        long began = System.nanoTime();
        for (Future<Void> done : threads.invokeAll(work)) {
            done.get();
        }
        return EFFECTS / ((System.nanoTime() - began) / 1e9);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
