package io.durablesaga.dispatcher.report;

import io.durablesaga.client.LambdaStarter;
import io.durablesaga.client.server.LambdaServer;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.lambda.Handling;
import io.durablesaga.dispatcher.lambda.SqsDispatcher;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;

/**
 * Records per second through the handler of a queue, from the bytes of its event to those of its answer, beside a loop that does
 * nothing but invoke, with the same client, payloads and concurrency, both taking turns in one run.
 */
final class Pace implements AutoCloseable {
    private static final String NOTHING_RETURNED = "{\"batchItemFailures\":[]}";
    private static final int CONCURRENCY = 16;
    private static final int WARM_UP = 6;
    private static final int ROUNDS = 15;
    private static final int RECORDS = 3_000;
    private static final double LEAST = 0.90;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final String where;
    private final LambdaServer server;
    private final LambdaClient client;
    private final SqsDispatcher handler;
    private final ExecutorService threads = Executors.newFixedThreadPool(CONCURRENCY);

    /** With a service that takes this long for each request, on its way there and back. */
    Pace(String where, Duration way) {
        this.where = where;
        this.server = LambdaServer.open().keepPayloads(false).delay(way);
        this.client = server.client(settings -> settings.httpClientBuilder(
                Apache5HttpClient.builder().maxConnections(CONCURRENCY).socketTimeout(TIMEOUT)));
        this.handler = new SqsDispatcher(
                Dispatch.into("orders").key("/orderId").concurrency(CONCURRENCY),
                LambdaStarter.of(client, "place-order:7").clientGivesUpAfter(TIMEOUT),
                Handling.STANDARD.metrics(line -> {}));
    }

    /** Whether the handler is as fast as it should be, by the median of the ratios within rounds. */
    boolean fastEnough() throws Exception {
        List<Double> bare = new ArrayList<>();
        List<Double> dispatched = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            // whoever goes first may find the machine busy with what was before
            boolean bareFirst = round % 2 == 0;
            double first = bareFirst ? bare() : dispatched();
            double second = bareFirst ? dispatched() : bare();
            if (round >= WARM_UP) {
                bare.add(bareFirst ? first : second);
                dispatched.add(bareFirst ? second : first);
                ratios.add(bareFirst ? second / first : first / second);
            }
        }
        double ratio = median(ratios);
        System.out.printf(
                "%s, concurrency %d, median of %d rounds of %,d records: bare loop %,.0f per second, dispatcher %,.0f,"
                        + " ratio %.2f, at least %.2f: %s%n",
                where,
                CONCURRENCY,
                ROUNDS,
                RECORDS,
                median(bare),
                median(dispatched),
                ratio,
                LEAST,
                ratio >= LEAST ? "kept" : "MISSED");
        return ratio >= LEAST;
    }

    /** How long a batch of so many takes, the median of several, in milliseconds. */
    double millis(int records, int rounds) throws IOException {
        List<Double> times = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            times.add(seconds(QueueEvents.of(records)) * 1_000);
        }
        return median(times);
    }

    private double dispatched() throws IOException {
        return RECORDS / seconds(QueueEvents.of(RECORDS));
    }

    private double seconds(byte[] event) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        long began = System.nanoTime();
        handler.handleRequest(new ByteArrayInputStream(event), answer, null);
        double seconds = (System.nanoTime() - began) / 1e9;
        if (!answer.toString(StandardCharsets.UTF_8).equals(NOTHING_RETURNED)) {
            throw new IllegalStateException("some are returned: " + answer.size() + " bytes");
        }
        return seconds;
    }

    private double bare() throws Exception {
        List<Callable<Void>> work = new ArrayList<>();
        for (int thread = 0; thread < CONCURRENCY; thread++) {
            List<InvokeRequest> requests = new ArrayList<>();
            for (int i = thread; i < RECORDS; i += CONCURRENCY) {
                requests.add(request(QueueEvents.nextOrder()));
            }
            work.add(() -> {
                requests.forEach(client::invoke);
                return null;
            });
        }
        long began = System.nanoTime();
        for (Future<Void> done : threads.invokeAll(work)) {
            done.get();
        }
        return RECORDS / ((System.nanoTime() - began) / 1e9);
    }

    private static InvokeRequest request(String order) {
        return InvokeRequest.builder()
                .functionName("place-order")
                .qualifier("7")
                .durableExecutionName(order)
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String(QueueEvents.order(order)))
                .build();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        handler.close();
        client.close();
        server.close();
    }
}
