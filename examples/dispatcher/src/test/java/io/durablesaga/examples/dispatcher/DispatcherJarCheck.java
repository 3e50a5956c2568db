package io.durablesaga.examples.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.client.server.LambdaServer;
import io.durablesaga.client.server.Started;
import io.durablesaga.dispatcher.Names;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.examples.order.Money;
import io.durablesaga.examples.order.Order;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The jar that is deployed, once it is packaged: in a process of its own, with what a template tells it and nothing else. */
class DispatcherJarCheck {
    private static final Path JAR = Path.of("target", "dispatcher.jar");
    private static final String CLIENTS = "META-INF/services/software.amazon.awssdk.http.SdkHttpService";
    private static final Order CUPS = new Order("espresso cup", 2, new Money(58_00), "card-7", "1 Harbour Street");

    private final SagaJson json = SagaJson.standard();
    private final LambdaServer lambda = LambdaServer.open();

    @AfterEach
    void close() {
        lambda.close();
    }

    @Test
    void it_has_every_handler_one_http_client_a_guard_and_a_logger() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Set<String> entries = jar.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));

            for (Source source : Source.values()) {
                assertThat(entries).contains(source.handler.getName().replace('.', '/') + ".class");
            }
            assertThat(entries)
                    .contains(
                            "META-INF/services/io.durablesaga.idempotency.IdempotencyStoreProvider",
                            "META-INF/services/org.slf4j.spi.SLF4JServiceProvider")
                    .noneMatch(entry -> entry.startsWith("io/netty/"))
                    .noneMatch(entry -> entry.startsWith("software/amazon/awssdk/http/nio/"));
            byte[] clients = jar.getInputStream(jar.getJarEntry(CLIENTS)).readAllBytes();
            assertThat(new String(clients, StandardCharsets.UTF_8).lines())
                    .filteredOn(line -> !line.startsWith("#") && !line.isBlank())
                    .containsExactly("software.amazon.awssdk.http.apache5.Apache5SdkHttpService");
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_order_is_started_under_its_number_as_the_template_says(Source source)
            throws IOException, InterruptedException {
        Stack stack = Stack.of(Template.read(source.file), Map.of("GuardTable", ""));

        String said = run(stack, Events.of(source));

        assertThat(said).contains(source.isPolled() ? "answer: {\"batchItemFailures\":[]}" : "answer: {\"records\":1}");
        Started started = lambda.started(Names.of("orders").ofKey(number(source)))
                .orElseThrow(() -> new AssertionError("nothing was started: " + said));
        assertThat(started.arn()).contains(":function:shop-place-order:7/");
        JsonNode input = json.mapper().readTree(started.payload());
        if (source == Source.S3) {
            assertThat(input.at("/s3/object/key").textValue()).isEqualTo(Events.KEY);
        } else {
            assertThat(json.read(input.toString(), Order.class)).isEqualTo(CUPS);
        }
    }

    private static String number(Source source) {
        return switch (source) {
            case SCHEDULER -> "shop-orders-in-" + Events.TIME;
            case S3 -> Events.KEY;
            default -> "4711";
        };
    }

    /** An event without records asks nobody, the guard included. */
    @Test
    void a_guard_table_that_is_named_is_opened() throws IOException, InterruptedException {
        Stack stack = Stack.of(Template.read(Source.SQS.file));

        assertThat(FunctionPromises.variables(stack)).containsEntry("DISPATCH_GUARD_TABLE", "starts");
        assertThat(run(stack, "{\"Records\":[]}")).contains("answer: {\"batchItemFailures\":[]}");
    }

    private String run(Stack stack, String event) throws IOException, InterruptedException {
        ProcessBuilder sandbox = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        JAR + System.getProperty("path.separator") + Path.of("target", "test-classes"),
                        RunHandler.class.getName(),
                        stack.textAt("DispatchOrdersFunction", "Handler"))
                .redirectErrorStream(true);
        Map<String, String> environment = sandbox.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("DISPATCH_"));
        environment.putAll(FunctionPromises.variables(stack));
        environment.put("DISPATCH_DEAD_LETTER_QUEUE", "https://sqs.eu-west-1.amazonaws.com/111122223333/refused");
        environment.putAll(Map.of(
                "AWS_REGION", "eu-west-1",
                "AWS_ACCESS_KEY_ID", "id",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_ENDPOINT_URL_LAMBDA", lambda.endpoint().toString()));
        Process process = sandbox.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(event.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
