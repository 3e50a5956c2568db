package io.durablesaga.dispatcher.lambda;

import static io.durablesaga.dispatcher.lambda.Invocation.returned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.client.LambdaStarter;
import io.durablesaga.client.server.Call;
import io.durablesaga.client.server.Call.Operation;
import io.durablesaga.client.server.Fault;
import io.durablesaga.client.server.LambdaServer;
import io.durablesaga.client.server.Started;
import io.durablesaga.dispatcher.Dispatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Over HTTP, with the real client, which meets what the network and the service do. */
class RealClientTest {
    private static final Dispatch ORDERS = Dispatch.into("orders").key("/id");
    private static final Map<String, String> SURROUNDINGS =
            Map.of("aws.region", "eu-west-1", "aws.accessKeyId", "id", "aws.secretAccessKey", "secret");

    private final LambdaServer server = LambdaServer.open();
    private final LambdaClient client = server.client();
    private final Sent queue = new Sent();

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private JsonNode invoke(Dispatch dispatch, String event) {
        try (SqsDispatcher handler = new SqsDispatcher(
                dispatch, LambdaStarter.of(client, "place-order:7"), Handling.STANDARD.withoutMetrics())) {
            return Invocation.of(handler, event);
        }
    }

    private static String orders(int from, int to, int receiveCount) {
        return Events.records(IntStream.range(from, to)
                .mapToObj(number -> order("m-" + number, number, "new", receiveCount))
                .toArray(String[]::new));
    }

    private static String order(String message, int number, String state, int receiveCount) {
        return Invocation.json("""
                {'messageId':'%s','body':'{\\'id\\':%d,\\'state\\':\\'%s\\'}','eventSource':'aws:sqs',
                 'eventSourceARN':'arn:aws:sqs:eu-west-1:123456789012:orders',
                 'attributes':{'ApproximateReceiveCount':'%d'},'messageAttributes':{}}
                """.formatted(message, number, state, receiveCount));
    }

    /** Once for each execution. */
    private static Function<Call, Fault> once(Fault fault) {
        Set<String> had = ConcurrentHashMap.newKeySet();
        return call ->
                call.operation() == Operation.INVOKE && had.add(String.valueOf(call.execution())) ? fault : Fault.NONE;
    }

    private void assertStartedOnce(int executions) {
        List<Started> all = server.all().toList();
        assertThat(all).hasSize(executions);
        assertThat(all).allSatisfy(started -> assertThat(started.starts()).isOne());
    }

    @Test
    void every_message_starts_its_execution_on_its_payload() {
        assertThat(returned(invoke(ORDERS, orders(0, 50, 1)))).isEmpty();

        assertStartedOnce(50);
        assertThat(server.started("orders--17").orElseThrow().payload()).isEqualTo("{\"id\":17,\"state\":\"new\"}");
        assertThat(server.requests(Operation.INVOKE)).isEqualTo(50);
    }

    @Test
    void whatever_goes_wrong_once_is_tried_again_and_starts_nothing_twice() {
        int from = 0;
        for (Fault fault : List.of(
                Fault.THROTTLED_429,
                Fault.ERROR_500,
                Fault.ERROR_503,
                Fault.ERROR_500_AFTER,
                Fault.BROKEN_BEFORE,
                Fault.BROKEN_AFTER,
                Fault.HALF_AN_ANSWER,
                Fault.turnedBack(502))) {
            server.faults(once(fault));

            assertThat(returned(invoke(ORDERS, orders(from, from + 10, 1))))
                    .as("%s", fault)
                    .isEmpty();

            from += 10;
            assertStartedOnce(from);
        }
    }

    @Test
    void what_goes_wrong_every_time_is_returned_and_nothing_else() {
        server.faults(call -> "orders--3".equals(call.execution()) ? Fault.ERROR_500 : Fault.NONE);

        JsonNode answer = invoke(ORDERS.tries(3), orders(0, 10, 1));

        assertThat(returned(answer)).containsExactly("m-3");
        assertStartedOnce(9);
    }

    @Test
    void a_permission_that_is_missing_is_not_asked_for_again() {
        server.faults(call -> Fault.FORBIDDEN_403);

        assertThat(returned(invoke(ORDERS.concurrency(1), orders(0, 2, 1)))).containsExactly("m-0", "m-1");
        assertThat(server.requests(Operation.INVOKE)).isEqualTo(2);
    }

    @Test
    void an_answer_that_comes_too_late_is_returned_and_a_duplicate_when_it_comes_again() {
        server.faults(call -> Fault.slow(Duration.ofSeconds(5)));
        Dispatch hasty = ORDERS.callTimeout(Duration.ofMillis(300)).tries(1);

        assertThat(returned(invoke(hasty, orders(0, 1, 1)))).containsExactly("m-0");
        server.faults(call -> Fault.NONE);
        assertThat(returned(invoke(ORDERS, orders(0, 1, 2)))).isEmpty();

        assertStartedOnce(1);
        assertThat(server.requests(Operation.GET)).isOne();
    }

    @Test
    void what_comes_again_after_its_execution_failed_is_a_dead_letter() {
        Dispatch lettered = ORDERS.deadLetters(SqsDeadLetters.to(queue, Sent.QUEUE));
        invoke(lettered, orders(0, 1, 1));
        server.end("orders--0", Started.End.failed("Boom", "s3cr3t", null));

        assertThat(returned(invoke(lettered, orders(0, 1, 2)))).isEmpty();

        assertThat(queue.only().messageAttributes().get("saga-letter").stringValue())
                .contains("\"outcome\":\"ENDED_BADLY\"")
                .contains("\"name\":\"orders--0\"");
    }

    @Test
    void another_payload_under_the_same_key_is_a_dead_letter() {
        Dispatch lettered = ORDERS.deadLetters(SqsDeadLetters.to(queue, Sent.QUEUE));
        invoke(lettered, orders(0, 1, 1));

        assertThat(returned(invoke(lettered, Events.records(order("m-9", 0, "changed", 1)))))
                .isEmpty();

        assertThat(queue.only().messageAttributes().get("saga-letter").stringValue())
                .contains("\"outcome\":\"CONFLICT\"");
        assertStartedOnce(1);
    }

    @Test
    void sources_without_a_list_fail_when_the_service_is_away() {
        server.close();
        try (EventBridgeDispatcher handler = new EventBridgeDispatcher(
                ORDERS.tries(2), LambdaStarter.of(client, "place-order:7"), Handling.STANDARD.withoutMetrics())) {
            assertThatThrownBy(() -> Invocation.of(handler, Events.eventBridge("{\"id\":1}")))
                    .isInstanceOf(BatchNotAcknowledged.class);
        }
    }

    @Test
    void the_client_of_a_deployed_handler_does_not_retry_and_has_a_connection_for_each_start() {
        SURROUNDINGS.forEach(System::setProperty);
        System.setProperty("aws.endpointUrlLambda", server.endpoint().toString());
        try (SqsDispatcher handler = new SqsDispatcher(Deployment.of(
                Map.of(
                        "DISPATCH_SCOPE", "orders",
                        "DISPATCH_KEY", "/id",
                        "DISPATCH_FUNCTION", "place-order:7",
                        "DISPATCH_CONCURRENCY", "60",
                        "DISPATCH_TRIES", "1",
                        "DISPATCH_METRICS", "false"),
                AwsServices.ofThisProcess(),
                UnaryOperator.identity()))) {
            server.faults(call -> Fault.ERROR_500);
            assertThat(returned(Invocation.of(handler, orders(0, 1, 1)))).containsExactly("m-0");
            assertThat(server.requests(Operation.INVOKE)).isOne();

            // no connection is free for long: whoever had to wait for one would wait longer than a client does
            server.faults(call -> Fault.slow(Duration.ofMillis(2_500)));
            assertThat(returned(Invocation.of(handler, orders(0, 60, 1)))).isEmpty();
            assertStartedOnce(60);
        } finally {
            SURROUNDINGS.keySet().forEach(System::clearProperty);
            System.clearProperty("aws.endpointUrlLambda");
        }
    }
}
