package io.durablesaga.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.SagaBuilder;
import io.durablesaga.SagaDefinitionException;
import io.durablesaga.client.Orders.Order;
import io.durablesaga.client.Orders.Receipt;
import io.durablesaga.result.SagaStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a synchronous caller gets. */
class RunTest {
    private final FakeLambda lambda = new FakeLambda();
    private final SagaClient<Order, Receipt> client = SagaClient.of(lambda, Orders.PLACE_ORDER, "place-order:3");

    @Test
    void a_run_returns_what_the_saga_yields() {
        lambda.function = execution -> execution.succeeds(Orders.json(Orders.COMPLETED));

        assertThat(client.run("order-1", Orders.order("book"))).isEqualTo(new SagaStatus.Ended<>(Orders.COMPLETED));
        assertThat(lambda.requests).containsExactly("invoke");
    }

    @Test
    void a_run_that_is_undone_returns_what_became_of_every_effect() {
        lambda.function = execution -> execution.succeeds(Orders.json(Orders.COMPENSATED));

        assertThat(client.run("order-1", Orders.order("book"))).isEqualTo(new SagaStatus.Ended<>(Orders.COMPENSATED));
    }

    @Test
    void a_run_that_gets_stuck_asks_for_what_the_answer_leaves_out() {
        lambda.function = execution -> execution.fails("SagaStuck", "stuck", Orders.json(Orders.STUCK));

        assertThat(client.run("order-1", Orders.order("book"))).isEqualTo(new SagaStatus.Ended<>(Orders.STUCK));
        assertThat(lambda.requests).containsExactly("invoke", "get");
    }

    @Test
    void a_run_that_gets_stuck_asks_for_nothing_that_the_answer_holds() {
        lambda.answersWithErrorData = true;
        lambda.function = execution -> execution.fails("SagaStuck", "stuck", Orders.json(Orders.STUCK));

        assertThat(client.run("order-1", Orders.order("book"))).isEqualTo(new SagaStatus.Ended<>(Orders.STUCK));
        assertThat(lambda.requests).containsExactly("invoke");
    }

    @Test
    void a_run_that_the_service_ended_is_dead() {
        lambda.function = FakeExecution::timesOut;
        assertThat(client.run("order-1", Orders.order("book"))).isEqualTo(new SagaStatus.Dead<>("timed out"));

        lambda.tellsArn = false;
        assertThat(client.run("order-2", Orders.order("book")))
                .isEqualTo(new SagaStatus.Dead<>("failed: ExecutionTimedOut"));
    }

    @Test
    void a_run_that_failed_and_is_gone_says_what_the_answer_said() {
        lambda.function = execution -> {
            execution.fails("SagaStuck", "stuck", Orders.json(Orders.STUCK));
            lambda.executions.remove(execution);
        };

        assertThat(client.run("order-1", Orders.order("book"))).isEqualTo(new SagaStatus.Dead<>("failed: SagaStuck"));
    }

    @Test
    void a_name_with_the_same_input_runs_once() {
        lambda.function = execution -> execution.succeeds(Orders.json(Orders.COMPLETED));
        SagaStatus<Receipt> first = client.run("order-1", Orders.order("book"));
        lambda.function = execution -> {
            throw new AssertionError("it has run before");
        };

        assertThat(client.run("order-1", Orders.order("book"))).isEqualTo(first);
    }

    @Test
    void a_name_in_use_on_another_version_tells_how_that_execution_stands() {
        FakeExecution existing = lambda.started("order-1", "2", "{\"item\":\"book\",\"price\":19.90,\"notes\":{}}");
        assertThat(client.run("order-1", Orders.order("book"))).isEqualTo(new SagaStatus.Running<>());
        existing.succeeds(Orders.json(Orders.COMPLETED));

        assertThat(client.run("order-1", Orders.order("book"))).isEqualTo(new SagaStatus.Ended<>(Orders.COMPLETED));
        assertThatThrownBy(() -> client.run("order-1", Orders.order("pen"))).isInstanceOf(ExecutionConflict.class);
    }

    @Test
    void a_saga_that_may_take_longer_than_an_invocation_is_refused_before_anything_is_sent() {
        SagaClient<Order, Receipt> slow = SagaClient.of(lambda, Orders.SHIPPED_ORDER, "place-order:3");

        assertThatThrownBy(() -> slow.run("order-1", Orders.order("book")))
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessageContainingAll("saga 'place-order'", "PT168H", "PT15M", "call start(...)");
        assertThat(lambda.requests).isEmpty();
        assertThat(slow.start("order-1", Orders.order("book")).name()).isEqualTo("order-1");
    }

    @Test
    void a_saga_that_may_take_as_long_as_an_invocation_runs() {
        lambda.function = execution -> execution.succeeds(Orders.json(Orders.COMPLETED));
        SagaClient<Order, Receipt> just = SagaClient.of(
                lambda,
                SagaBuilder.saga("place-order", Order.class)
                        .sleep("cool-down", Duration.ofMinutes(15))
                        .returning(Receipt.class, s -> new Receipt("none")),
                "place-order:3");

        assertThat(just.run("order-1", Orders.order("book"))).isEqualTo(new SagaStatus.Ended<>(Orders.COMPLETED));
    }

    @Test
    void a_malformed_name_is_refused_before_anything_is_sent() {
        assertThatThrownBy(() -> client.run("order 1", Orders.order("book")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("saga 'place-order', execution 'order 1'", "1 to 64 letters");
        assertThat(lambda.requests).isEmpty();
    }

    @Test
    void a_synchronous_input_may_be_larger_than_an_asynchronous_one() {
        lambda.function = execution -> execution.succeeds(Orders.json(Orders.COMPLETED));

        client.run("fits", new Order("x".repeat(5 * 1024 * 1024), BigDecimal.ONE, Map.of()));
        assertThatThrownBy(() -> client.run("large", new Order("x".repeat(6 * 1024 * 1024), BigDecimal.ONE, Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("execution 'large'", "a synchronous start takes 6291456");
    }

    @Test
    void an_answer_that_is_no_result_of_this_saga_is_not_taken_for_one() {
        lambda.function = execution -> execution.succeeds("{\"charge\":\"charge-1\"}");
        assertThatThrownBy(() -> client.run("order-1", Orders.order("book")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("saga 'place-order', execution 'order-1'", "does not read");

        lambda.function =
                execution -> execution.succeeds(Orders.json(Orders.COMPLETED).replace("place-order", "book-trip"));
        assertThatThrownBy(() -> client.run("order-2", Orders.order("book")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("execution 'order-2'", "an execution of saga 'book-trip'");
    }
}
