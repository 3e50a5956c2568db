package io.durablesaga;

import static io.durablesaga.Orders.key;
import static io.durablesaga.Orders.order;
import static io.durablesaga.Orders.refused;
import static io.durablesaga.Orders.single;
import static io.durablesaga.Orders.undone;
import static io.durablesaga.Orders.works;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Orders.Order;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;

/** Names are well-formed and told apart, wherever they are given. */
class DefinitionNamesTest {
    private static final String RULE = "use a letter, then letters, digits, '-' or '_', at most 48 characters in all";
    private static final String LONGEST = "a".repeat(48);

    static Stream<String> malformed() {
        return Stream.of(
                "",
                " ",
                "place order",
                "place/order",
                "place.order",
                "lines[1]",
                "1st",
                "-order",
                "_order",
                "ordér",
                "order\n",
                LONGEST + "a");
    }

    @ParameterizedTest
    @NullSource
    @MethodSource("malformed")
    void a_malformed_saga_name_is_refused(String name) {
        assertThatThrownBy(() -> order(name))
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessage("saga '" + name + "': malformed saga name; " + RULE);
    }

    @ParameterizedTest
    @EnumSource
    void a_malformed_node_name_is_refused(Position position) {
        malformed()
                .forEach(name -> refused(
                        "place-order",
                        name,
                        "malformed name; " + RULE,
                        () -> position.name(order("place-order"), name)));
    }

    @ParameterizedTest
    @EnumSource
    void a_missing_node_name_is_refused(Position position) {
        if (position.named()) {
            refused("place-order", "null", RULE, () -> position.name(order("place-order"), null));
        } else {
            assertThatNullPointerException()
                    .isThrownBy(() -> position.name(order("place-order"), null))
                    .withMessage("name");
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_name_of_the_pivot_is_refused_for_any_other_node(Position position) {
        refused("place-order", "pivot", "choose another name", () -> position.name(order("place-order"), "pivot"));
    }

    @ParameterizedTest
    @EnumSource
    void a_name_of_48_characters_is_fine(Position position) {
        SagaBuilder<Order> builder = order(LONGEST);

        position.name(builder, LONGEST);

        assertThat(builder.nodes).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_name_that_another_node_has_is_refused(Position second) {
        for (Position first : Position.values()) {
            if (!first.pastPivot()) {
                SagaBuilder<Order> builder = order("place-order");
                first.name(builder, "same");

                refused(
                        "place-order",
                        "same",
                        "the name is already used in this saga; give every node its own name",
                        () -> second.name(builder, "same"));
            }
        }
    }

    @Test
    void a_name_used_twice_past_the_pivot_is_refused() {
        AfterPivot<Order> past = order("place-order")
                .step(key("reserve"), works(), undone())
                .pivot()
                .step(key("ship"), works());

        refused("place-order", "ship", "give every node its own name", () -> past.step(key("ship"), works()));
        refused("place-order", "reserve", "give every node its own name", () -> past.capture(key("reserve"), works()));
    }

    @Test
    void a_name_used_twice_within_one_block_is_refused() {
        refused(
                "place-order",
                "pick",
                "give every node its own name",
                () -> order("place-order")
                        .when(
                                "express",
                                s -> true,
                                then -> then.capture(key("pick"), works()).capture(key("pick"), works())));
    }

    @Test
    void a_validation_is_named_by_its_place() {
        refused(
                "place-order",
                "validate",
                "give every node its own name",
                () -> order("place-order").validate(o -> {}).capture(key("validate"), works()));
        Saga<Order, String> twice = order("place-order")
                .validate(o -> {})
                .validate(o -> {})
                .capture(key("clock"), works())
                .returning(String.class, s -> "");

        assertThat(twice.nodes()).extracting(Node::name).containsExactly("validate", "validate-2", "clock");
    }

    @Test
    void a_nested_saga_has_names_of_its_own() {
        Saga<Order, String> inner = single("inner", "reserve");

        Saga<Order, String> outer = order("outer")
                .step(key("reserve"), works(), undone())
                .saga(key("first"), inner, s -> s.input())
                .saga(key("second"), inner, s -> s.input())
                .returning(String.class, s -> "");

        assertThat(outer.nodes()).extracting(Node::name).containsExactly("reserve", "first", "second");
    }
}
