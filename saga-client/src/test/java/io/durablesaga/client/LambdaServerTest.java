package io.durablesaga.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.client.server.Call;
import io.durablesaga.client.server.Call.Operation;
import io.durablesaga.client.server.Fault;
import io.durablesaga.client.server.LambdaServer;
import io.durablesaga.client.server.Started;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.DurableExecutionAlreadyStartedException;
import software.amazon.awssdk.services.lambda.model.Execution;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.ServiceException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** The server that plays the service, asked by the real client. */
class LambdaServerTest {
    private static final String VERSION = "arn:aws:lambda:eu-west-1:123456789012:function:place-order:7";

    private final LambdaServer server = LambdaServer.open();
    private final LambdaClient lambda = server.client();

    @AfterEach
    void close() {
        lambda.close();
        server.close();
    }

    @Test
    void the_same_name_with_the_same_bytes_is_one_execution() {
        String arn = start("order-1", "{\"a\":1}");

        assertThat(start("order-1", "{\"a\":1}")).isEqualTo(arn).startsWith(VERSION + "/durable-execution/order-1/");
        assertThat(server.started("order-1")).get().satisfies(started -> {
            assertThat(started.starts()).isEqualTo(1);
            assertThat(started.requests()).isEqualTo(2);
            assertThat(started.payload()).isEqualTo("{\"a\":1}");
        });
        assertThat(server.requests(Operation.INVOKE)).isEqualTo(2);
    }

    @Test
    void the_same_name_with_other_bytes_or_on_another_version_is_a_conflict() {
        start("order-1", "{\"a\":1}");

        assertThatThrownBy(() -> start("order-1", "{\"a\": 1}"))
                .isInstanceOf(DurableExecutionAlreadyStartedException.class);
        assertThatThrownBy(() -> start("place-order", "8", "order-1", "{\"a\":1}"))
                .isInstanceOf(DurableExecutionAlreadyStartedException.class);
        assertThatThrownBy(() -> start("other", "7", "order-1", "{\"a\":1}"))
                .isInstanceOf(DurableExecutionAlreadyStartedException.class);
    }

    @Test
    void conflicts_are_found_without_payloads_too() {
        server.keepPayloads(false);
        String arn = start("order-1", "{\"a\":1}");

        assertThat(start("order-1", "{\"a\":1}")).isEqualTo(arn);
        assertThatThrownBy(() -> start("order-1", "{}")).isInstanceOf(DurableExecutionAlreadyStartedException.class);
        assertThat(get(arn).inputPayload()).isNull();
    }

    @Test
    void a_forgotten_execution_frees_its_name() {
        String arn = start("order-1", "1");
        server.forget("order-1");

        assertThatThrownBy(() -> get(arn)).isInstanceOf(ResourceNotFoundException.class);
        assertThat(start("order-1", "2")).isNotEqualTo(arn);
        assertThat(server.started("order-1").orElseThrow().starts()).isEqualTo(2);
    }

    @Test
    void an_alias_is_the_version_that_it_points_to() {
        assertThatThrownBy(() -> start("place-order", "live", "order-1", "1"))
                .isInstanceOf(ResourceNotFoundException.class);
        server.alias("live", 7);

        assertThat(start("place-order", "live", "order-1", "1")).startsWith(VERSION + "/");
    }

    @Test
    void what_the_service_does_not_take_is_refused_as_the_service_refuses_it() {
        assertThatThrownBy(() -> start("place-order", null, "order-1", "1"))
                .isInstanceOf(InvalidParameterValueException.class);
        assertThatThrownBy(() -> start("place-order", "7", "order 1", "1"))
                .isInstanceOf(InvalidParameterValueException.class);
        assertThatThrownBy(() -> start("order-1", "{")).isInstanceOf(InvalidRequestContentException.class);
        assertThatThrownBy(() -> start("order-1", "")).isInstanceOf(InvalidRequestContentException.class);
        assertThatThrownBy(() -> start("order-1", "1 2")).isInstanceOf(InvalidRequestContentException.class);
        assertThatThrownBy(() -> start("order-1", "\"" + "x".repeat(1024 * 1024) + "\""))
                .isInstanceOf(RequestTooLargeException.class);
        assertThat(server.all()).isEmpty();
    }

    @Test
    void an_execution_stands_as_a_test_says() {
        String arn = start("order-1", "{}");
        assertThat(get(arn).status()).isEqualTo(ExecutionStatus.RUNNING);

        server.end("order-1", Started.End.succeeded("{\"b\":2}"));
        assertThat(get(arn).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(get(arn).result()).isEqualTo("{\"b\":2}");

        server.end("order-1", Started.End.failed("SagaStuck", "a message", "{}"));
        assertThat(get(arn).error().errorType()).isEqualTo("SagaStuck");
        assertThat(get(arn).error().errorData()).isEqualTo("{}");
        assertThat(get(arn).durableExecutionName()).isEqualTo("order-1");
    }

    @Test
    void lists_come_in_pages_and_hold_what_contains_the_name() {
        List<String> arns = new ArrayList<>();
        for (String name : List.of("order-1", "order-11", "order-111", "other")) {
            arns.add(start(name, "{}"));
        }
        start("place-order", "8", "order-1111", "{}");

        assertThat(list("order-1", "7")).isEqualTo(arns.subList(0, 3));
        assertThat(list("order-1", null)).isEmpty();
        server.listAllVersions(true);
        assertThat(list("order-1", null)).hasSize(4);
    }

    @Test
    void faults_hit_before_or_after_a_request_is_carried_out() {
        Map<Fault, Class<? extends Exception>> faults = Map.of(
                Fault.THROTTLED_429,
                TooManyRequestsException.class,
                Fault.ERROR_500,
                ServiceException.class,
                Fault.ERROR_503,
                LambdaException.class,
                Fault.turnedBack(502),
                LambdaException.class,
                Fault.BROKEN_BEFORE,
                SdkClientException.class,
                Fault.BROKEN_AFTER,
                SdkClientException.class,
                Fault.HALF_AN_ANSWER,
                SdkClientException.class,
                Fault.ERROR_500_AFTER,
                ServiceException.class);

        faults.forEach((fault, thrown) -> {
            String name = "order-" + server.requests(Operation.INVOKE);
            server.faults(call -> fault);
            assertThatThrownBy(() -> start(name, "{}")).as(fault.toString()).isInstanceOf(thrown);
            assertThat(server.started(name).isPresent())
                    .as(fault.toString())
                    .isEqualTo(fault.when() == Fault.When.CARRIED_OUT);
        });
    }

    @Test
    void a_plan_knows_what_it_decides_about() {
        List<Call> seen = new CopyOnWriteArrayList<>();
        server.faults(call -> {
            seen.add(call);
            return Fault.NONE;
        });
        String arn = start("order-1", "{}");
        get(arn);
        list("order-1", "7");

        assertThat(seen)
                .containsExactly(
                        new Call(1, Operation.INVOKE, "place-order", "7", "order-1"),
                        new Call(2, Operation.GET, null, null, arn),
                        new Call(3, Operation.LIST, "place-order", "7", "order-1"));
    }

    @Test
    void a_slow_request_is_carried_out_all_the_same() {
        server.delay(Duration.ofMillis(1)).faults(call -> Fault.slow(Duration.ofMillis(1)));
        start("order-1", "{}");
        server.faults(call -> Fault.late(Duration.ofMillis(1)));
        start("order-2", "{}");

        assertThat(server.all()).hasSize(2);
    }

    @Test
    void many_who_start_at_once_start_each_name_once_and_in_an_order() throws Exception {
        List<Started> told = new CopyOnWriteArrayList<>();
        server.whenStarted(told::add);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> starts = IntStream.range(0, 400)
                    .mapToObj(i -> threads.submit(() -> start("order-" + i % 100, "{}")))
                    .toList();
            for (Future<String> start : starts) {
                start.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(told).hasSize(100);
        assertThat(server.all()).hasSize(100).allMatch(started -> started.starts() == 1 && started.requests() == 4);
        assertThat(server.all().mapToLong(Started::sequence).sorted().toArray())
                .isEqualTo(IntStream.rangeClosed(1, 100).asLongStream().toArray());
    }

    private String start(String name, String payload) {
        return start("place-order", "7", name, payload);
    }

    private String start(String function, String qualifier, String name, String payload) {
        return lambda.invoke(request -> request.functionName(function)
                        .qualifier(qualifier)
                        .durableExecutionName(name)
                        .invocationType(InvocationType.EVENT)
                        .payload(SdkBytes.fromUtf8String(payload)))
                .durableExecutionArn();
    }

    private GetDurableExecutionResponse get(String arn) {
        return lambda.getDurableExecution(request -> request.durableExecutionArn(arn));
    }

    private List<String> list(String name, String qualifier) {
        return lambda
                .listDurableExecutionsByFunctionPaginator(request ->
                        request.functionName("place-order").qualifier(qualifier).durableExecutionName(name))
                .durableExecutions()
                .stream()
                .map(Execution::durableExecutionArn)
                .toList();
    }
}
