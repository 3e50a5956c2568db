package io.durablesaga;

import static io.durablesaga.Orders.CHARGE;
import static io.durablesaga.Orders.RESERVE;
import static io.durablesaga.Orders.SHIP;
import static io.durablesaga.Orders.key;
import static io.durablesaga.Orders.nothing;
import static io.durablesaga.Orders.order;
import static io.durablesaga.Orders.refused;
import static io.durablesaga.Orders.undone;
import static io.durablesaga.Orders.works;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.durablesaga.Orders.Line;
import io.durablesaga.Orders.Order;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot work is refused when it is built, and the message says where and what to do. */
class DefinitionRefusalsTest {
    private static final String EMPTY = "it has no steps; add at least one, or leave the node out";

    @Test
    void a_saga_without_steps_is_refused() {
        String message = "saga 'empty': it has no steps; add at least one";

        assertThatThrownBy(() -> order("empty").returningNothing())
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> order("empty").validate(o -> {}).returning(String.class, s -> ""))
                .hasMessage(message);
        assertThatThrownBy(() -> order("empty").pivot().returningNothing()).hasMessage(message);
        assertThatThrownBy(() -> order("empty").pivot().returning(String.class, s -> ""))
                .hasMessage(message);
    }

    @Test
    void an_empty_block_is_refused() {
        refused(
                "buy",
                "each",
                EMPTY,
                () -> order("buy")
                        .forEach("each", Bound.atMost(1), s -> s.input().lines(), Line::sku, each -> {}));
        refused("buy", "express", EMPTY, () -> order("buy").when("express", s -> true, then -> {}));
        refused(
                "buy",
                "express",
                EMPTY,
                () -> order("buy")
                        .when("express", s -> true, then -> {}, otherwise -> otherwise.capture(key("clock"), works())));
        refused("buy", "papers", EMPTY, () -> order("buy").parallel("both", p -> p.branch("papers", in -> {})));
        refused(
                "buy",
                "each",
                EMPTY,
                () -> order("buy")
                        .pivot()
                        .forEach("each", Bound.atMost(1), s -> s.input().lines(), Line::sku, each -> {}));
    }

    @Test
    void a_parallel_of_fewer_than_two_members_is_refused() {
        String remedy = "give it two, or use a plain step";

        refused(
                "buy",
                "both",
                "a parallel of 0 members; " + remedy,
                () -> order("buy").parallel("both", p -> {}));
        refused(
                "buy",
                "both",
                "a parallel of 1 members; " + remedy,
                () -> order("buy").parallel("both", p -> p.step(RESERVE, works(), undone())));
        refused(
                "buy",
                "both",
                "a parallel of 0 members; " + remedy,
                () -> order("buy").pivot().parallel("both", p -> {}));
        refused(
                "buy",
                "both",
                "a parallel of 1 members; " + remedy,
                () -> order("buy").pivot().parallel("both", p -> p.step(SHIP, works())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.000999S"})
    void an_await_without_time_to_answer_is_refused(Duration timeout) {
        String message = "an await within " + timeout + "; give it a positive timeout";

        refused(
                "buy",
                "approval",
                message,
                () -> order("buy").await(key("approval"), Within.within(timeout), (s, id) -> {}, nothing()));
        refused(
                "buy",
                "approval",
                message,
                () -> order("buy")
                        .await(key("approval"), Within.within(timeout).orElse("no"), (s, id) -> {}, nothing()));
        refused(
                "buy",
                "approval",
                message,
                () -> order("buy")
                        .pivot()
                        .await(key("approval"), Within.within(timeout).orElse("no"), (s, id) -> {}));
    }

    @ParameterizedTest
    @CsvSource({"PT1H, PT1H", "PT1H, PT1H0.001S", "PT1H, PT2H", "PT1H, PT0S", "PT1H, PT-1S"})
    void a_heartbeat_that_is_not_shorter_than_the_timeout_is_refused(Duration timeout, Duration heartbeat) {
        refused(
                "buy",
                "approval",
                "a heartbeat of " + heartbeat + " within a timeout of " + timeout
                        + "; make the heartbeat positive and shorter than the timeout, or leave it out",
                () -> order("buy")
                        .await(key("approval"), Within.within(timeout).heartbeat(heartbeat), (s, id) -> {}, nothing()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.000999S"})
    void a_sleep_of_no_time_is_refused(Duration duration) {
        String message = "a sleep of " + duration + "; sleep at least one millisecond";

        refused("buy", "nap", message, () -> order("buy").sleep("nap", duration));
        refused("buy", "nap", message, () -> order("buy").pivot().sleep("nap", duration));
        refused("buy", "nap", message, () -> order("buy").when("x", s -> true, t -> t.sleep("nap", duration)));
    }

    @Test
    void a_sleep_of_null_is_refused() {
        refused(
                "buy",
                "nap",
                "sleep at least one millisecond",
                () -> order("buy").sleep("nap", null));
    }

    @Test
    void the_shortest_waits_are_fine() {
        Saga<Order, Void> saga = order("buy")
                .sleep("nap", Duration.ofMillis(1))
                .await(key("short"), Within.within(Duration.ofMillis(1)), (s, id) -> {}, nothing())
                .await(
                        key("beating"),
                        Within.within(Duration.ofMillis(2)).heartbeat(Duration.ofMillis(1)),
                        (s, id) -> {},
                        nothing())
                .returningNothing();

        assertThat(saga.nodes()).hasSize(3);
    }

    @Test
    void a_validation_after_other_nodes_is_refused() {
        refused(
                "buy",
                "validate-2",
                "put every validate before the first other node",
                () -> order("buy").step(RESERVE, works(), undone()).validate(o -> {}));
        refused(
                "buy",
                "validate-3",
                "put every validate before the first other node",
                () -> order("buy")
                        .validate(o -> {})
                        .sleep("nap", Duration.ofSeconds(1))
                        .validate(o -> {}));
    }

    @Test
    void a_nested_saga_with_a_pivot_is_refused() {
        Saga<Order, String> pivoted =
                order("ship-it").pivot().step(SHIP, works()).returning(String.class, s -> s.result(SHIP));

        refused(
                "buy",
                "shipping",
                "the nested saga 'ship-it' has a pivot; a pivot stands only at the top level of the root saga: "
                        + "invoke that saga instead, or move the pivot",
                () -> order("buy").saga(key("shipping"), pivoted, s -> s.input()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void an_invoke_without_a_target_is_refused(String target) {
        refused(
                "buy",
                "charge",
                "no target to invoke; name the function or saga",
                () -> order("buy").invoke(CHARGE, target, s -> s.input(), undone()));
    }

    @Test
    void an_invoke_of_null_is_refused() {
        refused(
                "buy",
                "charge",
                "name the function or saga",
                () -> order("buy").invoke(CHARGE, null, s -> s.input(), undone()));
    }

    @Test
    void a_builder_is_not_used_again_after_its_pivot() {
        SagaBuilder<Order> builder = order("buy").step(RESERVE, works(), undone());
        AfterPivot<Order> past = builder.pivot();

        refused("buy", "charge", "chain on what the last call returned", () -> builder.step(CHARGE, works(), undone()));
        refused("buy", "pivot", "chain on what the last call returned", builder::pivot);
        closed(() -> builder.returning(String.class, s -> ""));
        closed(builder::returningNothing);
        assertThat(past.step(SHIP, works()).returningNothing().nodes())
                .extracting(Node::name)
                .containsExactly("reserve", "pivot", "ship");
    }

    @Test
    void a_builder_is_not_used_again_after_it_has_returned() {
        SagaBuilder<Order> builder = order("buy").step(RESERVE, works(), undone());
        builder.returning(String.class, s -> "");

        refused("buy", "charge", "chain on what the last call returned", () -> builder.step(CHARGE, works(), undone()));
        refused("buy", "pivot", "chain on what the last call returned", builder::pivot);
        closed(() -> builder.returning(String.class, s -> ""));
        closed(() -> builder.returning(new TypeReference<String>() {}, s -> ""));
        closed(builder::returningNothing);
    }

    @Test
    void a_builder_past_the_pivot_is_not_used_again_after_it_has_returned() {
        AfterPivot<Order> past = order("buy").pivot().step(SHIP, works());
        past.returningNothing();

        refused("buy", "charge", "chain on what the last call returned", () -> past.step(CHARGE, works()));
        closed(() -> past.returning(String.class, s -> ""));
        closed(() -> past.returning(new TypeReference<String>() {}, s -> ""));
        closed(past::returningNothing);
    }

    private static void closed(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessage("saga 'buy': this builder has been closed; chain on what the last call returned");
    }
}
