package io.durablesaga;

import static io.durablesaga.Orders.key;
import static io.durablesaga.Orders.order;
import static io.durablesaga.Orders.single;
import static io.durablesaga.Orders.undone;
import static io.durablesaga.Orders.works;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Orders.Line;
import io.durablesaga.Orders.Order;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which undos run when a node fails that stands inside, or after, other nodes. */
class PreviewShapesTest {
    private static final Saga<Order, String> PARALLEL = order("parallel")
            .step(key("before"), works(), undone())
            .parallel(
                    "both",
                    p -> p.step(key("left"), works(), undone())
                            .branch(
                                    "long",
                                    b -> b.step(key("b1"), works(), undone())
                                            .step(key("b2"), works(), undone())
                                            .step(key("b3"), works(), undone()))
                            .step(key("right"), works(), undone()))
            .step(key("after"), works(), undone())
            .returning(String.class, s -> "");

    private static final Saga<Order, String> WHEN = order("when")
            .step(key("before"), works(), undone())
            .when(
                    "gift",
                    s -> true,
                    then -> then.step(key("wrap"), works(), undone()).step(key("card"), works(), undone()),
                    otherwise -> otherwise.step(key("bag"), works(), undone()).step(key("bill"), works(), undone()))
            .step(key("after"), works(), undone())
            .returning(String.class, s -> "");

    private static final Saga<Order, String> EACH = order("each")
            .step(key("before"), works(), undone())
            .forEach(
                    "lines",
                    Bound.atMost(9),
                    s -> s.input().lines(),
                    Line::sku,
                    each -> each.step(key("pick"), works(), undone())
                            .when("bulky", s -> true, then -> then.step(key("cart"), works(), undone()))
                            .step(key("scan"), works(), undone()))
            .step(key("after"), works(), undone())
            .returning(String.class, s -> "");

    private static final Saga<Order, String> NESTED = order("nested")
            .step(key("before"), works(), undone())
            .saga(key("inside"), PARALLEL, s -> s.input())
            .saga(key("last"), single("single", "only"), s -> s.input())
            .returning(String.class, s -> "");

    @Test
    void siblings_run_to_their_end_and_are_undone_too() {
        assertThat(lines(PARALLEL, "left"))
                .containsExactly(
                        "undo both/right",
                        "undo both/long/b3",
                        "undo both/long/b2",
                        "undo both/long/b1",
                        "undo both/left (if its outcome is unknown)",
                        "undo before");
    }

    @Test
    void the_rest_of_a_failing_branch_never_runs() {
        assertThat(lines(PARALLEL, "both/long/b2"))
                .containsExactly(
                        "undo both/right",
                        "undo both/long/b2 (if its outcome is unknown)",
                        "undo both/long/b1",
                        "undo both/left",
                        "undo before");
    }

    @Test
    void after_a_parallel_all_its_members_are_undone() {
        assertThat(lines(PARALLEL, "after"))
                .containsExactly(
                        "undo after (if its outcome is unknown)",
                        "undo both/right",
                        "undo both/long/b3",
                        "undo both/long/b2",
                        "undo both/long/b1",
                        "undo both/left",
                        "undo before");
    }

    @Test
    void in_one_way_of_a_when_the_other_never_ran() {
        assertThat(lines(WHEN, "card"))
                .containsExactly("undo gift/card (if its outcome is unknown)", "undo gift/wrap", "undo before");
        assertThat(lines(WHEN, "bill"))
                .containsExactly("undo gift/bill (if its outcome is unknown)", "undo gift/bag", "undo before");
        assertThat(lines(WHEN, "bag")).containsExactly("undo gift/bag (if its outcome is unknown)", "undo before");
    }

    @Test
    void after_a_when_either_way_may_have_run() {
        assertThat(lines(WHEN, "after"))
                .containsExactly(
                        "undo after (if its outcome is unknown)",
                        "undo gift/bill (if 'gift' did not hold)",
                        "undo gift/bag (if 'gift' did not hold)",
                        "undo gift/card (if 'gift' held)",
                        "undo gift/wrap (if 'gift' held)",
                        "undo before");
    }

    @Test
    void a_block_that_cannot_start_undoes_what_came_before() {
        assertThat(lines(PARALLEL, "both")).containsExactly("undo before");
        assertThat(lines(WHEN, "gift")).containsExactly("undo before");
        assertThat(lines(EACH, "lines")).containsExactly("undo before");
        assertThat(lines(NESTED, "inside")).containsExactly("undo before");
    }

    @Test
    void in_a_for_each_the_failing_item_and_the_others_are_undone() {
        assertThat(lines(EACH, "scan"))
                .containsExactly(
                        "undo lines[*]/scan (for the item that fails, if its outcome is unknown)",
                        "undo lines[*]/bulky/cart (if 'bulky' held, for the item that fails)",
                        "undo lines[*]/pick (for the item that fails)",
                        "undo lines[*]/scan (for each other item that ran, last first)",
                        "undo lines[*]/bulky/cart (if 'bulky' held, for each other item that ran, last first)",
                        "undo lines[*]/pick (for each other item that ran, last first)",
                        "undo before");
    }

    @Test
    void the_first_node_of_an_item_may_fail_with_all_of_other_items_done() {
        assertThat(lines(EACH, "lines[*]/pick"))
                .containsExactly(
                        "undo lines[*]/pick (for the item that fails, if its outcome is unknown)",
                        "undo lines[*]/scan (for each other item that ran, last first)",
                        "undo lines[*]/bulky/cart (if 'bulky' held, for each other item that ran, last first)",
                        "undo lines[*]/pick (for each other item that ran, last first)",
                        "undo before");
    }

    @Test
    void in_a_when_in_a_for_each_both_conditions_are_said() {
        assertThat(lines(EACH, "cart").subList(0, 2))
                .containsExactly(
                        "undo lines[*]/bulky/cart (for the item that fails, if its outcome is unknown)",
                        "undo lines[*]/pick (for the item that fails)");
    }

    @Test
    void after_a_for_each_every_item_is_undone() {
        assertThat(lines(EACH, "after"))
                .containsExactly(
                        "undo after (if its outcome is unknown)",
                        "undo lines[*]/scan (for each item, last first)",
                        "undo lines[*]/bulky/cart (if 'bulky' held, for each item, last first)",
                        "undo lines[*]/pick (for each item, last first)",
                        "undo before");
    }

    @Test
    void in_a_nested_saga_its_nodes_and_those_before_it_are_undone() {
        assertThat(lines(NESTED, "inside/both/left"))
                .containsExactly(
                        "undo inside/both/right",
                        "undo inside/both/long/b3",
                        "undo inside/both/long/b2",
                        "undo inside/both/long/b1",
                        "undo inside/both/left (if its outcome is unknown)",
                        "undo inside/before",
                        "undo before");
    }

    @Test
    void after_a_nested_saga_all_of_it_is_undone() {
        assertThat(lines(NESTED, "only"))
                .containsExactly(
                        "undo last/only (if its outcome is unknown)",
                        "undo inside/after",
                        "undo inside/both/right",
                        "undo inside/both/long/b3",
                        "undo inside/both/long/b2",
                        "undo inside/both/long/b1",
                        "undo inside/both/left",
                        "undo inside/before",
                        "undo before");
    }

    @Test
    void past_the_pivot_nothing_is_undone_however_deep_the_node_stands() {
        Saga<Order, Void> saga = order("pivoted")
                .step(key("before"), works(), undone())
                .pivot()
                .parallel("both", p -> p.step(key("left"), works()).capture(key("right"), works()))
                .forEach(
                        "lines",
                        Bound.atMost(9),
                        s -> s.input().lines(),
                        Line::sku,
                        each -> each.step(key("pick"), works()))
                .returningNothing();

        assertThat(saga.preview("left")).isEqualTo(new Preview("both/left", List.of(), true));
        assertThat(saga.preview("right")).isEqualTo(new Preview("both/right", List.of(), true));
        assertThat(saga.preview("pick")).isEqualTo(new Preview("lines[*]/pick", List.of(), true));
    }

    private static List<String> lines(Saga<Order, String> saga, String failingAt) {
        return saga.preview(failingAt).undos().stream()
                .map(Preview.Line::toString)
                .toList();
    }
}
