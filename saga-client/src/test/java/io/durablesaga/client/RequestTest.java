package io.durablesaga.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.durablesaga.client.Orders.Order;
import io.durablesaga.client.Orders.Receipt;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.result.SagaStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** What the SDK really sends for a client's calls, over HTTP, to this machine. */
class RequestTest {
    private static final String ARN = FakeLambda.FUNCTION + ":7/durable-execution/order-1/id";

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private LambdaClient lambda;
    private final Queue<Answer> answers = new ArrayDeque<>();

    record Request(String method, String path, String query, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, List.of("none")).get(0);
        }
    }

    record Answer(int status, Map<String, String> headers, String body) {
        static Answer json(String body) {
            return new Answer(200, Map.of(), body);
        }

        static Answer fault(int status, String code) {
            return new Answer(status, Map.of("x-amzn-ErrorType", code), "{\"Type\":\"User\",\"Message\":\"no\"}");
        }
    }

    private static final Answer STARTED = new Answer(202, Map.of("X-Amz-Durable-Execution-Arn", ARN), "");

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        lambda = LambdaClient.builder()
                .endpointOverride(
                        URI.create("http://localhost:" + server.getAddress().getPort()))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .build();
    }

    @AfterEach
    void close() {
        lambda.close();
        server.stop(0);
    }

    @Test
    void a_start_carries_name_version_type_and_input() {
        answers.add(STARTED);
        StartedExecution started = client("place-order:7").start("order-1", Orders.order("book"));

        assertThat(started).isEqualTo(new StartedExecution("order-1", ARN));
        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/2015-03-31/functions/place-order/invocations");
            assertThat(request.query()).isEqualTo("Qualifier=7");
            assertThat(request.header("X-amz-durable-execution-name")).isEqualTo("order-1");
            assertThat(request.header("X-amz-invocation-type")).isEqualTo("Event");
            assertThat(request.body()).isEqualTo("{\"item\":\"book\",\"price\":19.90,\"notes\":{}}");
        });
    }

    @Test
    void a_start_by_arn_carries_the_version_once() {
        answers.add(STARTED);
        client(FakeLambda.FUNCTION + ":7").start("order-1", Orders.order("book"));

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/2015-03-31/functions/" + FakeLambda.FUNCTION + "/invocations");
            assertThat(request.query()).isEqualTo("Qualifier=7");
        });
    }

    @Test
    void a_run_waits_for_the_answer_and_reads_it() {
        answers.add(Answer.json(Orders.json(Orders.COMPLETED)));

        assertThat(client("place-order:7").run("order-1", Orders.order("book")))
                .isEqualTo(new SagaStatus.Ended<>(Orders.COMPLETED));
        assertThat(requests)
                .singleElement()
                .satisfies(request ->
                        assertThat(request.header("X-amz-invocation-type")).isEqualTo("RequestResponse"));
    }

    @Test
    void a_conflict_is_resolved_by_listing_and_reading_the_execution_that_exists() {
        answers.add(Answer.fault(409, "DurableExecutionAlreadyStartedException"));
        answers.add(Answer.json("{\"DurableExecutions\":[],\"NextMarker\":\"more\"}"));
        answers.add(Answer.json("{\"DurableExecutions\":[{\"DurableExecutionArn\":\"" + ARN
                + "\",\"DurableExecutionName\":\"order-1\",\"StartTimestamp\":1767225600}]}"));
        answers.add(Answer.json("{}"));
        answers.add(Answer.json("{\"DurableExecutionArn\":\"" + ARN
                + "\",\"InputPayload\":\"{\\\"notes\\\":{},\\\"item\\\":\\\"book\\\",\\\"price\\\":19.9}\"}"));

        assertThat(client("place-order:7").start("order-1", Orders.order("book")))
                .isEqualTo(new StartedExecution("order-1", ARN));
        assertThat(requests.subList(1, 4)).allSatisfy(request -> {
            assertThat(request.path()).isEqualTo("/2025-12-01/functions/place-order/durable-executions");
            assertThat(request.query()).contains("DurableExecutionName=order-1");
        });
        assertThat(requests.get(1).query()).contains("Qualifier=7").doesNotContain("Marker");
        assertThat(requests.get(2).query()).contains("Qualifier=7", "Marker=more");
        assertThat(requests.get(3).query()).doesNotContain("Qualifier");
        assertThat(requests.get(4).path()).isEqualTo("/2025-12-01/durable-executions/" + ARN);
    }

    @Test
    void an_open_callback_is_read_from_the_history_and_answered_once() {
        answers.add(
                Answer.json(
                        "{\"Events\":[{\"EventType\":\"CallbackStarted\",\"EventId\":3,\"Id\":\"c\",\"Name\":\"await:approve\","
                                + "\"EventTimestamp\":1767225600,\"CallbackStartedDetails\":{\"CallbackId\":\"aWQ=\",\"Timeout\":60}}]}"));
        answers.add(Answer.json(""));
        answers.add(Answer.fault(400, "CallbackTimeoutException"));
        SagaCallbacks callbacks = SagaCallbacks.of(lambda);

        OpenCallback open = client("place-order:7").openCallbacks(ARN).get(0);
        assertThat(open).isEqualTo(new OpenCallback("approve", "aWQ=", false, Instant.parse("2026-01-01T00:01:00Z")));
        assertThat(callbacks.complete(open.id(), "yes")).isEqualTo(CallbackAnswer.ACCEPTED);
        assertThat(callbacks.complete(open.id(), "yes")).isEqualTo(CallbackAnswer.LATE);
        assertThat(requests.get(0).path()).isEqualTo("/2025-12-01/durable-executions/" + ARN + "/history");
        assertThat(requests.get(1).path()).isEqualTo("/2025-12-01/durable-execution-callbacks/aWQ=/succeed");
        assertThat(requests.get(1).body()).isEqualTo("yes");
    }

    private SagaClient<Order, Receipt> client(String functionVersion) {
        return SagaClient.of(lambda, Orders.PLACE_ORDER, functionVersion);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    uri.getPath(),
                    uri.getQuery(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Answer answer = answers.remove();
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
