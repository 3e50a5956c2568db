package io.durablesaga.dispatcher.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import io.durablesaga.client.LambdaStarter;
import io.durablesaga.dispatcher.Content;
import io.durablesaga.dispatcher.DeadLetters;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.Dispatcher;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.MemoryStarter;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.IdempotencyStoreProvider;
import io.durablesaga.start.SagaStarter;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkSystemSetting;

/** A handler that is deployed as it is: everything comes from environment variables, and all that is wrong is told at once. */
class DeploymentTest {
    private static final String REGION = SdkSystemSetting.AWS_REGION.property();

    private final MemoryStarter starter = new MemoryStarter();
    private final Sent queue = new Sent();
    private final List<String> asked = new ArrayList<>();

    @BeforeEach
    void region() {
        System.setProperty(REGION, "eu-west-1");
    }

    @AfterEach
    void noRegion() {
        System.clearProperty(REGION);
    }

    private final Services services = new Services() {
        @Override
        public SagaStarter starter(String function, Dispatch dispatch) {
            asked.add(function + " by " + dispatch.concurrency());
            return starter;
        }

        @Override
        public DeadLetters deadLetters(String url, Dispatch dispatch) {
            asked.add(url);
            return SqsDeadLetters.to(queue, url);
        }

        @Override
        public IdempotencyStore guard(String table) {
            asked.add(table);
            return noStore();
        }
    };

    private static IdempotencyStore noStore() {
        return (IdempotencyStore) Proxy.newProxyInstance(
                DeploymentTest.class.getClassLoader(),
                new Class<?>[] {IdempotencyStore.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException("planned");
                });
    }

    @Test
    void variables_say_everything() {
        Deployment deployment = Deployment.of(
                Map.of(
                        "PATH", "/bin",
                        "DISPATCH_SCOPE", "orders",
                        "DISPATCH_CONCURRENCY", "7",
                        "DISPATCH_FUNCTION", " place-order:7 ",
                        "DISPATCH_DEAD_LETTER_QUEUE", Sent.QUEUE,
                        "DISPATCH_GUARD_TABLE", "starts",
                        "DISPATCH_RESERVE", "PT5S",
                        "DISPATCH_METRICS", "false"),
                services,
                UnaryOperator.identity());

        assertThat(asked).containsExactly(Sent.QUEUE, "starts", "place-order:7 by 7");
        assertThat(deployment.dispatch().scope()).isEqualTo("orders");
        assertThat(deployment.starter()).isSameAs(starter);
        assertThat(deployment.handling().reserve()).isEqualTo(Duration.ofSeconds(5));
        assertThat(deployment.handling().metrics()).isNotSameAs(Handling.STANDARD.metrics());
    }

    @Test
    void a_deployed_handler_dispatches_and_puts_dead_letters_away() {
        Deployment deployment = Deployment.of(
                Map.of(
                        "DISPATCH_SCOPE", "orders",
                        "DISPATCH_FUNCTION", "place-order:7",
                        "DISPATCH_DEAD_LETTER_QUEUE", Sent.QUEUE,
                        "DISPATCH_METRICS", "false"),
                services,
                UnaryOperator.identity());
        try (SnsDispatcher handler = new SnsDispatcher(deployment)) {
            Invocation.of(handler, Events.records(Events.sns("m-1", "\"1\""), Events.sns("m-2", "\"no JSON\"")));
        }

        assertThat(starter.payloads().values()).containsExactly("1");
        assertThat(queue.only().messageBody()).isEqualTo("no JSON");
    }

    @Test
    void what_code_says_counts_more_than_what_variables_say() {
        Map<String, String> variables = Map.of(
                "DISPATCH_SCOPE", "orders",
                "DISPATCH_FUNCTION", "place-order:7",
                "DISPATCH_KEY", "/wrong",
                "DISPATCH_CONCURRENCY", "7");

        Deployment deployment = Deployment.of(
                variables, services, dispatch -> dispatch.key("@right").concurrency(3));
        Incoming order = Incoming.of(new Origin("test", "here", "id"), new Content.Text("{}"))
                .with(Map.of("right", "4711"));
        try (Dispatcher dispatcher = Dispatcher.of(deployment.dispatch(), deployment.starter())) {
            dispatcher.dispatch(List.of(order), Duration.ofMinutes(1));
        }

        assertThat(starter.payloads()).containsOnlyKeys("orders--4711");
        assertThat(asked).containsExactly("place-order:7 by 3");
    }

    @Test
    void what_is_blank_is_not_there() {
        Deployment deployment = Deployment.of(
                Map.of(
                        "DISPATCH_SCOPE", "orders",
                        "DISPATCH_FUNCTION", "place-order:7",
                        "DISPATCH_DEAD_LETTER_QUEUE", "",
                        "DISPATCH_GUARD_TABLE", " ",
                        "DISPATCH_RESERVE", "",
                        "DISPATCH_METRICS", ""),
                services,
                UnaryOperator.identity());

        assertThat(asked).hasSize(1);
        assertThat(deployment.handling()).isEqualTo(Handling.STANDARD);
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThatThrownBy(() -> Deployment.of(
                        Map.of(
                                "DISPATCH_TRIES", "many",
                                "DISPATCH_COLOUR", "red",
                                "DISPATCH_FUNCTION", "place-order",
                                "DISPATCH_DEAD_LETTER_QUEUE", "arn:aws:sqs:eu-west-1:123456789012:dead",
                                "DISPATCH_GUARD_TABLE", "starts",
                                "DISPATCH_RESERVE", "2",
                                "DISPATCH_METRICS", "yes"),
                        new AwsServices(List.of()),
                        UnaryOperator.identity()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the dispatcher cannot start:\n  DISPATCH_SCOPE: missing")
                .hasMessageContaining("\n  DISPATCH_TRIES=many: no whole number")
                .hasMessageContaining("\n  DISPATCH_COLOUR: not known")
                .hasMessageContaining("DISPATCH_GUARD_TABLE, DISPATCH_METRICS, DISPATCH_RESERVE")
                .hasMessageContaining("\n  DISPATCH_FUNCTION=place-order: function 'place-order': it names no version")
                .hasMessageContaining("\n  DISPATCH_DEAD_LETTER_QUEUE=arn:aws:sqs:eu-west-1:123456789012:dead: ")
                .hasMessageContaining("\n  DISPATCH_GUARD_TABLE=starts: there is nothing that opens a table; add"
                        + " saga-dynamodb-idempotency to the function")
                .hasMessageContaining("\n  DISPATCH_RESERVE=2: no duration such as PT2S")
                .hasMessageContaining("\n  DISPATCH_METRICS=yes: neither true nor false");
    }

    @Test
    void what_is_wrong_with_these_variables_alone_is_told_in_the_same_way() {
        assertThatThrownBy(() -> Deployment.of(
                        Map.of("DISPATCH_SCOPE", "orders", "DISPATCH_RESERVE", "-PT2S"),
                        services,
                        UnaryOperator.identity()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("""
                        the dispatcher cannot start:
                          DISPATCH_FUNCTION: missing; the function that runs the saga, such as place-order:7
                          DISPATCH_RESERVE=-PT2S: reserve: PT-2S; not negative""");
    }

    @TestFactory
    Stream<DynamicTest> every_handler_reads_the_functions_own_variables() {
        return Map.<String, Supplier<EventHandler>>of(
                        "sqs", SqsDispatcher::new,
                        "kinesis", KinesisDispatcher::new,
                        "dynamodb", DynamoDbStreamDispatcher::new,
                        "kafka", KafkaDispatcher::new,
                        "eventbridge", EventBridgeDispatcher::new,
                        "sns", SnsDispatcher::new,
                        "s3", S3Dispatcher::new)
                .entrySet()
                .stream()
                .map(handler -> DynamicTest.dynamicTest(
                        handler.getKey(),
                        () -> assertThatThrownBy(() -> handler.getValue().get())
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessageContaining("DISPATCH_SCOPE: missing")
                                .hasMessageContaining("DISPATCH_FUNCTION: missing")));
    }

    @Test
    void the_services_of_the_account_are_reached_by_real_clients() {
        Deployment deployment = Deployment.of(
                Map.of(
                        "DISPATCH_SCOPE", "orders",
                        "DISPATCH_FUNCTION", "arn:aws:lambda:eu-west-1:123456789012:function:place-order:7",
                        "DISPATCH_DEAD_LETTER_QUEUE", Sent.QUEUE,
                        "DISPATCH_GUARD_TABLE", "starts"),
                new AwsServices(List.of(table -> noStore())),
                UnaryOperator.identity());

        assertThat(deployment.starter()).isInstanceOf(LambdaStarter.class);
    }

    @Test
    void a_table_that_two_modules_open_is_refused() {
        IdempotencyStoreProvider provider = table -> noStore();

        assertThatThrownBy(() -> new AwsServices(List.of(provider, provider)).guard("starts"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is more than one that opens a table: ");
    }

    @Test
    void the_method_that_a_template_may_name_is_one_of_a_public_class() throws NoSuchMethodException {
        Method method =
                SqsDispatcher.class.getMethod("handleRequest", InputStream.class, OutputStream.class, Context.class);

        assertThat(Modifier.isPublic(method.getDeclaringClass().getModifiers())).isTrue();
    }
}
