package io.durablesaga;

import static io.durablesaga.Orders.RESERVE;
import static io.durablesaga.Orders.key;
import static io.durablesaga.Orders.nothing;
import static io.durablesaga.Orders.order;
import static io.durablesaga.Orders.refused;
import static io.durablesaga.Orders.undone;
import static io.durablesaga.Orders.works;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Orders.Line;
import io.durablesaga.Orders.Order;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A part that is missing is refused where it is missing, not when a saga runs into it. */
class DefinitionNullsTest {
    private static final Polling POLLING = Polling.every(Duration.ofSeconds(1), 3);
    private static final Within WITHIN = Within.within(Duration.ofHours(1));
    private static final Bound BOUND = Bound.atMost(3);

    @Test
    void a_step_without_an_undo_is_refused() {
        String remedy = "undo is null; say undo(...), nothingToUndo(reason) or irreversible(reason)";

        refused("buy", "reserve", remedy, () -> order("buy").step(RESERVE, works(), null));
        refused("buy", "reserve", remedy, () -> order("buy").step(RESERVE, StepOptions.with(), works(), null));
        refused("buy", "reserve", remedy, () -> order("buy").await(RESERVE, WITHIN, (s, id) -> {}, null));
        refused("buy", "reserve", remedy, () -> order("buy").invoke(RESERVE, "other", s -> s.input(), null));
        refused("buy", "reserve", remedy, () -> order("buy").parallel("both", p -> p.step(RESERVE, works(), null)));
    }

    @Test
    void a_step_without_a_body_is_refused() {
        missing("reserve", "action", () -> order("buy").step(RESERVE, null, undone()));
        missing("reserve", "action", () -> order("buy").parallel("both", p -> p.step(RESERVE, null, undone())));
        missing("reserve", "action", () -> order("buy").pivot().step(RESERVE, null));
        missing("reserve", "action", () -> order("buy").pivot().parallel("both", p -> p.step(RESERVE, null)));
        missing("reserve", "body", () -> order("buy").capture(RESERVE, null));
        missing("reserve", "body", () -> order("buy").pivot().capture(RESERVE, null));
        missing("reserve", "body", () -> order("buy").pivot().parallel("both", p -> p.capture(RESERVE, null)));
        missing("reserve", "look", () -> order("buy").poll(RESERVE, POLLING, null));
        missing("reserve", "notification", () -> order("buy").await(RESERVE, WITHIN, null, undone()));
    }

    @Test
    void a_node_without_options_is_refused() {
        missing("reserve", "options", () -> order("buy").step(RESERVE, null, works(), undone()));
        missing("reserve", "options", () -> order("buy").capture(RESERVE, null, works()));
        missing("reserve", "options", () -> order("buy").pivot().step(RESERVE, null, works()));
        missing("reserve", "options", () -> order("buy").pivot().parallel("both", p -> p.step(RESERVE, null, works())));
        missing("reserve", "options", () -> order("buy").await(RESERVE, null, WITHIN, (s, id) -> {}, undone()));
        missing("reserve", "polling", () -> order("buy").poll(RESERVE, (Polling) null, s -> Optional.of("")));
        missing("reserve", "within", () -> order("buy").await(RESERVE, (Within) null, (s, id) -> {}, undone()));
        missing("pivot", "parking", () -> order("buy").pivot(null));
    }

    @Test
    void a_node_without_its_lambda_is_refused() {
        missing(
                "express",
                "condition",
                () -> order("buy").when("express", null, then -> then.capture(RESERVE, works())));
        missing("reserve", "payload", () -> order("buy").invoke(RESERVE, "other", null, undone()));
        missing("inner", "input", () -> order("buy").saga(key("inner"), Orders.single("other", "step"), null));
        missing("validate", "check", () -> order("buy").validate(null));
        missing(
                "returning",
                "result",
                () -> order("buy").capture(RESERVE, works()).returning(String.class, null));
        missing(
                "returning",
                "result",
                () -> order("buy").pivot().step(RESERVE, works()).returning(String.class, null));
    }

    @Test
    void a_nested_saga_that_is_missing_is_refused() {
        missing(
                "inner",
                "nested saga",
                () -> order("buy").saga(key("inner"), (Saga<Order, String>) null, s -> s.input()));
    }

    @Test
    void a_for_each_without_its_parts_is_refused() {
        missing(
                "each",
                "bound",
                () -> order("buy")
                        .forEach(
                                "each",
                                null,
                                s -> s.input().lines(),
                                Line::sku,
                                each -> each.capture(RESERVE, works())));
        missing(
                "each",
                "items",
                () -> order("buy")
                        .<Line>forEach("each", BOUND, null, Line::sku, each -> each.capture(RESERVE, works())));
        missing(
                "each",
                "itemKey",
                () -> order("buy")
                        .forEach("each", BOUND, s -> s.input().lines(), null, each -> each.capture(RESERVE, works())));
        missing(
                "each",
                "itemKey",
                () -> order("buy")
                        .pivot()
                        .forEach("each", BOUND, s -> s.input().lines(), null, each -> each.step(RESERVE, works())));
    }

    @Test
    void a_key_that_is_missing_is_refused() {
        StepKey<String> none = null;

        withoutKey(() -> order("buy").step(none, works(), undone()));
        withoutKey(() -> order("buy").capture(none, works()));
        withoutKey(() -> order("buy").poll(none, POLLING, s -> Optional.of("")));
        withoutKey(() -> order("buy").await(none, WITHIN, (s, id) -> {}, nothing()));
        withoutKey(() -> order("buy").invoke(none, "other", s -> s.input(), undone()));
        withoutKey(() -> order("buy").saga(none, Orders.single("other", "step"), s -> s.input()));
        withoutKey(() -> order("buy").pivot().step(none, works()));
        withoutKey(() -> order("buy").pivot().parallel("both", p -> p.step(none, works())));
        withoutKey(() -> order("buy").pivot().parallel("both", p -> p.capture(none, works())));
    }

    private static void missing(String node, String parameter, ThrowingCallable definition) {
        refused("buy", node, parameter + " is null; it is required", definition);
    }

    private static void withoutKey(ThrowingCallable definition) {
        assertThatThrownBy(definition)
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessage("saga 'buy': the key of a node is null; declare the key before the saga that uses it");
    }
}
