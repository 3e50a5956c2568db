package io.durablesaga.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.client.Orders.Order;
import io.durablesaga.client.Orders.Receipt;
import java.math.BigDecimal;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** Which executions are started, which exist already, and what is refused. */
class StartTest {
    private final FakeLambda lambda = new FakeLambda();
    private final SagaClient<Order, Receipt> client =
            SagaClient.of(lambda, Orders.PLACE_ORDER, FakeLambda.FUNCTION + ":3");

    @Test
    void an_execution_is_started_asynchronously_on_the_version() {
        StartedExecution started = client.start("order-1", Orders.order("book"));

        FakeExecution execution = lambda.execution("order-1");
        assertThat(started).isEqualTo(new StartedExecution("order-1", execution.arn));
        assertThat(execution.version).isEqualTo("3");
        assertThat(execution.input).isEqualTo("{\"item\":\"book\",\"price\":19.90,\"notes\":{}}");
        assertThat(lambda.requests).containsExactly("invoke");
    }

    @Test
    void a_start_whose_arn_the_service_keeps_to_itself_is_a_start() {
        lambda.tellsArn = false;

        assertThat(client.start("order-1", Orders.order("book"))).isEqualTo(new StartedExecution("order-1", null));
    }

    @Test
    void a_name_with_the_same_input_is_the_execution_that_exists_running_or_ended() {
        StartedExecution first = client.start("order-1", Orders.order("book"));
        assertThat(client.start("order-1", Orders.order("book"))).isEqualTo(first);
        lambda.execution("order-1").succeeds(Orders.json(Orders.COMPLETED));

        assertThat(client.start("order-1", Orders.order("book"))).isEqualTo(first);
        assertThat(lambda.executions).hasSize(1);
        assertThat(lambda.requests).containsOnly("invoke");
    }

    @Test
    void an_input_is_the_same_bytes_whatever_order_its_maps_have() {
        Map<String, String> forwards = new LinkedHashMap<>();
        Map<String, String> backwards = new LinkedHashMap<>();
        for (int i = 0; i < 50; i++) {
            forwards.put("key " + i, "x");
            backwards.put("key " + (49 - i), "x");
        }
        for (Map<String, String> notes : List.of(forwards, backwards, new HashMap<>(forwards))) {
            client.start("order-1", new Order("book", BigDecimal.ONE, notes));
        }

        assertThat(lambda.executions).hasSize(1);
        assertThat(lambda.requests).containsOnly("invoke");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_same_value_in_other_bytes_is_the_same_input(boolean named) {
        lambda.refusalNamesTheExecution = named;
        FakeExecution existing = lambda.started("order-1", "3", "{ \"notes\":{}, \"price\":19.9, \"item\":\"book\" }");

        assertThat(client.start("order-1", Orders.order("book")).arn()).isEqualTo(existing.arn);
    }

    @Test
    void a_whole_number_is_the_same_with_and_without_its_zeros() {
        FakeExecution existing = lambda.started("order-1", "3", "{\"item\":\"book\",\"price\":20.0,\"notes\":{}}");

        assertThat(client.start("order-1", new Order("book", new BigDecimal("20"), Map.of()))
                        .arn())
                .isEqualTo(existing.arn);
    }

    @Test
    void zero_is_not_the_same_as_a_text() {
        lambda.started("order-1", "3", "{\"item\":\"book\",\"price\":\"\",\"notes\":{}}");

        assertThatThrownBy(() -> client.start("order-1", new Order("book", BigDecimal.ZERO, Map.of())))
                .isInstanceOf(ExecutionConflict.class);
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, true", "false, false"})
    void the_same_input_on_another_version_is_the_execution_that_exists(boolean named, boolean listed) {
        lambda.refusalNamesTheExecution = named;
        lambda.listsAllVersions = listed;
        FakeExecution existing = lambda.started("order-1", "1", "{\"item\":\"book\",\"price\":19.90,\"notes\":{}}");

        assertThat(client.start("order-1", Orders.order("book")))
                .isEqualTo(new StartedExecution("order-1", existing.arn));
        assertThat(lambda.executions).containsExactly(existing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"item\":\"pen\",\"price\":19.90,\"notes\":{}}",
                "{\"item\":\"book\",\"price\":19.90000000000000000001,\"notes\":{}}",
                "{\"item\":\"book\",\"price\":\"19.90\",\"notes\":{}}",
                "{\"item\":\"book\",\"price\":19.90,\"notes\":{},\"more\":1}",
                "not JSON"
            })
    void a_name_in_use_for_another_input_is_refused(String existing) {
        lambda.started("order-1", "3", existing);

        assertThatThrownBy(() -> client.start("order-1", Orders.order("book")))
                .isInstanceOf(ExecutionConflict.class)
                .hasMessageContainingAll(
                        "saga 'place-order', execution 'order-1'", "in use for another input", "under another name");
        assertThat(lambda.executions).hasSize(1);
    }

    @Test
    void a_name_in_use_that_the_caller_may_not_read_is_refused_with_what_it_takes() {
        lambda.readable = false;
        lambda.started("order-1", "3", "{}");

        assertThatThrownBy(() -> client.start("order-1", Orders.order("book")))
                .isInstanceOf(ExecutionConflict.class)
                .hasMessageContainingAll("execution 'order-1'", "may not read", "lambda:GetDurableExecution")
                .hasSuppressedException(Faults.forbidden());
    }

    @Test
    void a_name_in_use_that_cannot_be_found_is_refused() {
        lambda.started("order-1", "3", "{}");
        lambda.versions.add("20");
        SagaClient<Order, Receipt> later = SagaClient.of(lambda, Orders.PLACE_ORDER, "place-order:20");

        assertThatThrownBy(() -> later.start("order-1", Orders.order("book")))
                .isInstanceOf(ExecutionConflict.class)
                .hasMessageContainingAll("execution 'order-1'", "version 20 and the 10 before it");
    }

    @Test
    void a_service_that_is_busy_while_inputs_are_compared_decides_nothing() {
        lambda.started("order-1", "3", "{}");
        lambda.troubles.add(Faults.throttled());

        assertThatThrownBy(() -> client.start("order-1", Orders.order("book")))
                .isInstanceOf(TooManyRequestsException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "order 1",
                "order/1",
                "örder",
                "x2345678901234567890123456789012345678901234567890123456789012345"
            })
    void a_malformed_name_is_refused_before_anything_is_sent(String name) {
        assertThatThrownBy(() -> client.start(name, Orders.order("book")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("saga 'place-order', execution '" + name + "'", "1 to 64 letters");
        assertThat(lambda.requests).isEmpty();
    }

    @Test
    void an_input_larger_than_the_service_takes_is_refused_before_anything_is_sent() {
        Order large = new Order("x".repeat(1024 * 1024), BigDecimal.ONE, Map.of());

        assertThatThrownBy(() -> client.start("order-1", large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "saga 'place-order', execution 'order-1'",
                        "takes 1048576",
                        "start the execution on a reference");
        assertThat(lambda.requests).isEmpty();
    }

    @Test
    void the_size_of_an_input_is_that_of_its_bytes() {
        String rest = "{\"item\":\"\",\"price\":1,\"notes\":{}}";
        int room = 1024 * 1024 - rest.length();

        client.start("fits", new Order("é".repeat(room / 2), BigDecimal.ONE, Map.of()));
        assertThatThrownBy(() -> client.start("large", new Order("é".repeat(room / 2 + 1), BigDecimal.ONE, Map.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_input_that_is_null_or_does_not_serialise_is_refused_before_anything_is_sent() {
        Map<String, String> unwritable = new AbstractMap<>() {
            @Override
            public Set<Entry<String, String>> entrySet() {
                throw new IllegalStateException("no entries");
            }
        };

        assertThatThrownBy(() -> client.start("order-1", null)).hasMessageContaining("the input is null");
        assertThatThrownBy(() -> client.start("order-1", new Order("book", BigDecimal.ONE, unwritable)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("execution 'order-1'", "cannot be written as JSON", "nothing was started");
        assertThat(lambda.requests).isEmpty();
    }

    @Test
    void an_input_that_the_saga_will_refuse_is_started_since_its_function_decides() {
        client.start("order-1", Orders.order(" "));

        assertThat(lambda.execution("order-1").input).contains("\"item\":\" \"");
    }

    @Test
    void what_the_service_refuses_otherwise_is_thrown_as_it_is() {
        SagaClient<Order, Receipt> gone = SagaClient.of(lambda, Orders.PLACE_ORDER, "place-order:99");

        assertThatThrownBy(() -> gone.start("order-1", Orders.order("book")))
                .isInstanceOf(ResourceNotFoundException.class);
    }
}
