package io.durablesaga;

import static io.durablesaga.Orders.key;
import static io.durablesaga.Orders.order;
import static io.durablesaga.Orders.undone;
import static io.durablesaga.Orders.works;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Orders.Line;
import io.durablesaga.Orders.Order;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The longest name of an operation is that of a decision about the node with the longest path. */
class WorstCaseNamesTest {
    private static final String ITEM = "i".repeat(64);

    @Test
    void the_longest_of_several_names_counts() {
        Saga<Order, Void> saga = order("names")
                .step(key("a"), works(), undone())
                .sleep("longest-of-all", Duration.ofSeconds(1))
                .step(key("last"), works(), undone())
                .returningNothing();

        longest(saga, "longest-of-all");
    }

    @Test
    void a_path_has_all_names_on_its_way() {
        Saga<Order, Void> branches = order("names")
                .parallel(
                        "both",
                        p -> p.step(key("single-step"), works(), undone())
                                .branch(
                                        "branch",
                                        b -> b.step(key("first"), works(), undone())
                                                .step(key("second"), works(), undone())))
                .returningNothing();
        Saga<Order, Void> ways = order("names")
                .when(
                        "w",
                        s -> true,
                        then -> then.capture(key("short"), works()),
                        otherwise -> otherwise.capture(key("not-so-short"), works()))
                .returningNothing();
        Saga<Order, Void> outer =
                order("names").saga(StepKey.of("inside"), ways, s -> s.input()).returningNothing();

        longest(branches, "both/branch/second");
        longest(ways, "w/not-so-short");
        longest(outer, "inside/w/not-so-short");
    }

    @Test
    void items_have_keys_as_long_as_they_may_be() {
        Saga<Order, Void> saga = order("names")
                .forEach(
                        "outer",
                        Bound.atMost(1),
                        s -> s.input().lines(),
                        Line::sku,
                        outer -> outer.forEach(
                                "inner",
                                Bound.atMost(1),
                                s -> s.input().lines(),
                                Line::sku,
                                inner -> inner.step(key("pick"), works(), undone())))
                .returningNothing();

        longest(saga, "outer[" + ITEM + "]/inner[" + ITEM + "]/pick");
    }

    private static void longest(Saga<?, ?> saga, String path) {
        assertThat(saga.worstCase().nameLength()).isEqualTo(("decide:" + path).length());
    }
}
