package io.durablesaga.dispatcher.report;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.durablesaga.client.LambdaStarter;
import io.durablesaga.client.server.Call.Operation;
import io.durablesaga.client.server.Fault;
import io.durablesaga.client.server.LambdaServer;
import io.durablesaga.client.server.Started;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.poller.Ledger;
import io.durablesaga.dispatcher.poller.Poller;
import io.durablesaga.dispatcher.poller.Sent;
import io.durablesaga.dispatcher.poller.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * Has a source's records delivered until all are settled, to its handler with the real client, while one request in six goes wrong:
 * refused, failing, cut off, answered late or half, before it is carried out or after.
 */
final class Deliveries {
    private static final int LANES = 40;
    private static final int BATCH = 200;
    private static final int SENT_TWICE_ONE_IN = 10;
    private static final Duration TIMEOUT = Duration.ofMillis(150);

    private static final List<Fault> FAULTS = List.of(
            Fault.THROTTLED_429,
            Fault.THROTTLED_429,
            Fault.ERROR_500,
            Fault.ERROR_503,
            Fault.ERROR_500_AFTER,
            Fault.BROKEN_BEFORE,
            Fault.BROKEN_AFTER,
            Fault.HALF_AN_ANSWER,
            Fault.slow(Duration.ofMillis(200)),
            Fault.late(Duration.ofMillis(200)));

    private static final int FAULTY_ONE_IN = 6;

    private final PlayedSource source;
    private final int records;
    private final long seed;

    Deliveries(PlayedSource source, int records, long seed) {
        this.source = source;
        this.records = records;
        this.seed = seed;
    }

    /**
     * What came of it.
     *
     * @param records how many were sent, those that were sent twice among them
     * @param redeliveries how many deliveries there were besides the first of each
     * @param requests how many starts were asked for
     * @param faults how many requests went wrong
     * @param starts how many executions there are
     * @param duplicates how many deliveries started nothing new
     * @param lost how many orders have no execution
     * @param duplicated how many executions are more than one for an order
     * @param reordered how many orders were started before one that came earlier in their lane
     */
    record Result(
            int records,
            long redeliveries,
            long requests,
            long faults,
            int starts,
            long duplicates,
            long lost,
            long duplicated,
            long reordered) {
        boolean clean() {
            return lost == 0 && duplicated == 0 && reordered == 0;
        }
    }

    /** What the source says that it did. */
    private static final class Counts implements Ledger {
        private long deliveries;
        private long putAway;

        @Override
        public void delivered(String tag, boolean again) {
            deliveries++;
        }

        @Override
        public void acknowledged(String tag) {
            // what was acknowledged must have been started, which is counted at the service
        }

        @Override
        public void putAway(String tag) {
            putAway++;
        }
    }

    Result run() {
        Counts counts = new Counts();
        Poller poller = source.poller(new Settings(seed, BATCH, Integer.MAX_VALUE, records / 5, false), counts);
        Map<String, String> lanes = new LinkedHashMap<>();
        int sent = send(poller, lanes);
        SplittableRandom random = new SplittableRandom(seed);
        try (LambdaServer server = LambdaServer.open().keepPayloads(false);
                LambdaClient client = server.client(settings ->
                        settings.httpClientBuilder(Apache5HttpClient.builder().socketTimeout(TIMEOUT)))) {
            AtomicLong faults = new AtomicLong();
            server.faults(call -> {
                Fault fault = fault(random);
                faults.addAndGet(fault == Fault.NONE ? 0 : 1);
                return fault;
            });
            Dispatch dispatch = Dispatch.into("orders").key(source.key()).callTimeout(TIMEOUT);
            LambdaStarter starter = LambdaStarter.of(client, "place-order:7").clientGivesUpAfter(TIMEOUT);
            RequestStreamHandler handler = source.handler(dispatch, starter);
            boolean more = true;
            while (more) {
                more = poller.poll(event -> invoke(handler, event));
            }
            return result(server, lanes, sent, counts, faults.get());
        }
    }

    /** Each order once, and one in ten twice, as a producer does that has not heard. */
    private int send(Poller poller, Map<String, String> lanes) {
        SplittableRandom random = new SplittableRandom(seed + 1);
        int sent = 0;
        for (int order = 0; sent < records; order++) {
            String name = "n" + order;
            String lane = "lane-" + random.nextInt(LANES);
            lanes.put(name, lane);
            Optional<String> body = Optional.of("{\"order\":\"" + name + "\",\"v\":" + order % 9 + "}");
            poller.send(new Sent(name, lane, body));
            sent++;
            if (random.nextInt(SENT_TWICE_ONE_IN) == 0) {
                poller.send(new Sent(name + "-again", lane, body));
                sent++;
            }
        }
        return sent;
    }

    private static synchronized Fault fault(SplittableRandom random) {
        return random.nextInt(FAULTY_ONE_IN) == 0 ? FAULTS.get(random.nextInt(FAULTS.size())) : Fault.NONE;
    }

    private static Optional<byte[]> invoke(RequestStreamHandler handler, byte[] event) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event), answer, null);
            return Optional.of(answer.toByteArray());
        } catch (IOException | RuntimeException returned) { // as a source sees it
            return Optional.empty();
        }
    }

    private Result result(LambdaServer server, Map<String, String> lanes, int sent, Counts counts, long faults) {
        Set<String> names = new HashSet<>();
        Map<String, Long> sequences = new HashMap<>();
        long starts = 0;
        for (Started started : server.all().toList()) {
            names.add(started.name());
            sequences.put(started.name(), started.sequence());
            starts += started.starts();
        }
        long lost = counts.putAway;
        long reordered = 0;
        Map<String, Long> last = new HashMap<>();
        for (Map.Entry<String, String> order : lanes.entrySet()) {
            Long sequence = sequences.get("orders--" + order.getKey());
            if (sequence == null) {
                lost++;
            } else if (source.ordered()) {
                Long before = last.put(order.getValue(), sequence);
                reordered += before != null && before > sequence ? 1 : 0;
            }
        }
        long duplicated = starts - names.size() + Math.max(0, names.size() - lanes.size());
        return new Result(
                sent,
                counts.deliveries - sent,
                server.requests(Operation.INVOKE),
                faults,
                names.size(),
                counts.deliveries - names.size(),
                lost,
                duplicated,
                reordered);
    }
}
