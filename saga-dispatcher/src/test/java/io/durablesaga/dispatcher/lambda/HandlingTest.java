package io.durablesaga.dispatcher.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.MemoryStarter;
import io.durablesaga.dispatcher.MemoryStarter.Fault;
import io.durablesaga.start.SagaStarter;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What all handlers do around a batch: they answer in time, and count. */
class HandlingTest {
    private static final Dispatch ORDERS = Dispatch.into("orders").tries(1).callTimeout(Duration.ofMinutes(1));

    private final MemoryStarter starter = new MemoryStarter();
    private final List<String> lines = new ArrayList<>();

    private static Context left(int millis) {
        return (Context) Proxy.newProxyInstance(
                HandlingTest.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getRemainingTimeInMillis")) {
                        return millis;
                    }
                    throw new AssertionError(method + " is not asked for");
                });
    }

    /** How long the start of a record may take, which is what is left of the time that the batch has. */
    private Duration allowed(Duration reserve, int left) {
        SagaStarter start = starter;
        try (SnsDispatcher handler = new SnsDispatcher(
                ORDERS, start, Handling.STANDARD.withoutMetrics().reserve(reserve))) {
            Invocation.of(handler, Events.records(Events.sns("m-1", "\"1\"")), left(left));
        }
        return starter.requests().get(starter.requests().size() - 1).within();
    }

    @Test
    void a_batch_has_what_is_left_of_the_invocation_less_a_reserve() {
        assertThat(allowed(Duration.ofSeconds(2), 60_000)).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(58));
        assertThat(allowed(Duration.ofSeconds(30), 60_000)).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(45));
        assertThat(allowed(Duration.ZERO, 50_000)).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(50));
    }

    @Test
    void where_nobody_says_how_much_is_left_it_has_ten_seconds() {
        assertThat(allowed(Duration.ofSeconds(2), 0)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(allowed(Duration.ofSeconds(2), -1)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @Test
    void what_is_undecided_by_then_is_returned() {
        starter.startFaults((name, call) -> Fault.THROTTLED);
        String event = Events.records(
                Events.kinesis("shardId-1", "a", "1", Events.base64("1")),
                Events.kinesis("shardId-1", "a", "2", Events.base64("2")));
        JsonNode answer;
        try (KinesisDispatcher handler =
                new KinesisDispatcher(ORDERS.tries(20), starter, Handling.STANDARD.withoutMetrics())) {
            answer = Invocation.of(handler, event, left(200));
        }

        assertThat(Invocation.returned(answer)).containsExactly("1");
    }

    @Test
    void a_batch_is_counted_in_one_line_of_the_embedded_metric_format() throws Exception {
        Dispatch lettered = ORDERS.deadLetters(SqsDeadLetters.to(new Sent(), Sent.QUEUE));
        starter.startFaults((name, call) ->
                starter.requests().get(call - 1).payload().equals("\"s3cr3t\"") ? Fault.THROTTLED : Fault.NONE);
        try (KinesisDispatcher handler =
                new KinesisDispatcher(lettered, starter, Handling.STANDARD.metrics(lines::add))) {
            Invocation.of(
                    handler,
                    Events.records(
                            Events.kinesis("shardId-1", "a", "1", Events.base64("1")),
                            Events.kinesis("shardId-1", "a", "2", Events.base64("no JSON, s3cr3t")),
                            Events.kinesis("shardId-1", "a", "3", Events.base64("\"s3cr3t\"")),
                            Events.kinesis("shardId-1", "a", "4", Events.base64("4"))));
        }

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).doesNotContain("\n").doesNotContain("s3cr3t");
        JsonNode line = EventJson.read(lines.get(0));
        assertValid(line);
        assertThat(line.get("Scope").textValue()).isEqualTo("orders");
        assertThat(line.get("Source").textValue()).isEqualTo("kinesis");
        assertThat(line.get("Records").intValue()).isEqualTo(4);
        assertThat(line.get("Returned").intValue()).isEqualTo(2);
        assertThat(line.get("DeadLettered").intValue()).isEqualTo(1);
        assertThat(line.get("Accepted").intValue()).isEqualTo(1);
        assertThat(line.get("Poison").intValue()).isEqualTo(1);
        assertThat(line.get("Throttled").intValue()).isEqualTo(1);
        assertThat(line.get("NotReached").intValue()).isEqualTo(1);
        assertThat(line.has("Conflict")).isFalse();
    }

    /** By the schema of the embedded metric format: what is named in the metadata is there, as text or a number. */
    private static void assertValid(JsonNode line) {
        JsonNode metadata = line.get("_aws");
        assertThat(metadata.get("Timestamp").isIntegralNumber()).isTrue();
        assertThat(metadata.get("CloudWatchMetrics")).hasSize(1);
        JsonNode directive = metadata.get("CloudWatchMetrics").get(0);
        assertThat(directive.get("Namespace").textValue()).isEqualTo("DurableSaga/Dispatcher");
        assertThat(directive.get("Dimensions")).hasSize(1);
        directive
                .get("Dimensions")
                .get(0)
                .forEach(dimension ->
                        assertThat(line.get(dimension.textValue()).textValue()).matches("[!-~]{1,1024}"));
        Set<String> names = new HashSet<>();
        assertThat(directive.get("Metrics").size()).isBetween(1, 100);
        directive.get("Metrics").forEach(metric -> {
            assertThat(names.add(metric.get("Name").textValue())).isTrue();
            assertThat(metric.get("Unit").textValue()).isEqualTo("Count");
            assertThat(line.get(metric.get("Name").textValue()).isNumber()).isTrue();
        });
    }

    @Test
    void an_empty_batch_is_not_counted() {
        try (SnsDispatcher handler = new SnsDispatcher(ORDERS, starter, Handling.STANDARD.metrics(lines::add))) {
            Invocation.of(handler, Events.records());
        }

        assertThat(lines).isEmpty();
    }

    @Test
    void a_batch_does_not_fail_because_it_cannot_be_counted() {
        Handling broken = Handling.STANDARD.metrics(line -> {
            throw new IllegalStateException("planned");
        });
        try (SnsDispatcher handler = new SnsDispatcher(ORDERS, starter, broken)) {
            Invocation.of(handler, Events.records(Events.sns("m-1", "\"1\"")));
        }

        assertThat(starter.payloads()).hasSize(1);
    }

    @Test
    void a_reserve_is_not_negative_and_no_longer_than_an_invocation() {
        for (Duration reserve : List.of(Duration.ofMillis(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatThrownBy(() -> Handling.STANDARD.reserve(reserve))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("reserve: ");
        }
    }
}
