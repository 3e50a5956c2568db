package io.durablesaga;

import static io.durablesaga.Orders.CHARGE;
import static io.durablesaga.Orders.RESERVE;
import static io.durablesaga.Orders.key;
import static io.durablesaga.Orders.nothing;
import static io.durablesaga.Orders.order;
import static io.durablesaga.Orders.single;
import static io.durablesaga.Orders.works;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Orders.Line;
import io.durablesaga.Orders.Order;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What nodes inside other nodes take at the most. */
class WorstCaseShapesTest {
    private static final long RESULT = 10;
    private static final long RECORD = 512;

    @Test
    void members_of_a_parallel_add_up_except_for_their_time() {
        Most worst = Most.of(order("both")
                .parallel(
                        "both",
                        p -> p.step(RESERVE, takes(5), works(), undoTakes(7))
                                .step(CHARGE, takes(11), works(), undoTakes(3)))
                .returningNothing());

        assertThat(worst).isEqualTo(new Most(4, 4, 2 * RESULT + 4 * RECORD, Duration.ofSeconds(11 + 7 + 3), true));
    }

    @Test
    void members_that_are_undone_at_the_same_time_take_the_longest_undo() {
        Most worst = Most.of(order("both")
                .parallel(
                        "both",
                        p -> p.undoInParallel()
                                .step(RESERVE, takes(5), works(), undoTakes(7))
                                .step(CHARGE, takes(11), works(), undoTakes(3)))
                .returningNothing());

        assertThat(worst.duration()).isEqualTo(Duration.ofSeconds(11 + 7));
    }

    @Test
    void the_nodes_of_a_branch_follow_each_other() {
        Most worst = Most.of(order("both")
                .parallel(
                        "both",
                        p -> p.branch(
                                        "long",
                                        b -> b.step(RESERVE, takes(5), works(), undoTakes(7))
                                                .sleep("nap", Duration.ofSeconds(10)))
                                .step(CHARGE, takes(11), works(), undoTakes(3)))
                .returningNothing());

        assertThat(worst).isEqualTo(new Most(5, 5, 2 * RESULT + 5 * RECORD, Duration.ofSeconds(15 + 7 + 3), true));
    }

    @Test
    void a_for_each_is_its_body_for_every_item_and_a_list_that_may_fail() {
        assertThat(lines(Bound.atMost(10)))
                .isEqualTo(new Most(
                        21,
                        21,
                        10 * RESULT + 21 * RECORD,
                        Duration.ofSeconds(5).plusSeconds(7).multipliedBy(10),
                        true));
    }

    @Test
    void items_at_the_same_time_take_less_time() {
        assertThat(lines(Bound.atMost(10).concurrently(4)).duration()).isEqualTo(Duration.ofSeconds(3 * 5 + 10 * 7));
        assertThat(lines(Bound.atMost(10).concurrently(5)).duration()).isEqualTo(Duration.ofSeconds(2 * 5 + 10 * 7));
        assertThat(lines(Bound.atMost(10).concurrently(100)).duration()).isEqualTo(Duration.ofSeconds(5 + 10 * 7));
        assertThat(lines(Bound.atMost(10).concurrently(4).undoingInParallel()).duration())
                .isEqualTo(Duration.ofSeconds(3 * 5 + 7));
    }

    @Test
    void items_one_after_the_other_are_undone_one_after_the_other() {
        assertThat(lines(Bound.atMost(10).undoingInParallel()).duration())
                .isEqualTo(Duration.ofSeconds(5).plusSeconds(7).multipliedBy(10));
    }

    @Test
    void a_when_takes_the_larger_of_its_ways_in_each_respect() {
        Most worst = Most.of(order("ways")
                .when(
                        "w",
                        s -> true,
                        then -> then.step(key("a"), takes(5), works(), undoTakes(7))
                                .step(key("b"), takes(5), works(), nothing()),
                        otherwise -> otherwise
                                .step(key("c"), takes(1).resultAtMost(1000), works(), undoTakes(1))
                                .sleep("nap", Duration.ofSeconds(60)))
                .returningNothing());

        assertThat(worst).isEqualTo(new Most(4, 4, 1000 + 4 * RECORD, Duration.ofSeconds(61 + 7), true));
    }

    @Test
    void a_way_without_a_bound_leaves_the_whole_without_one() {
        Saga<Order, Void> unbounded = order("ways")
                .when("w", s -> true, t -> t.sleep("nap", Duration.ofSeconds(1)), o -> o.capture(RESERVE, works()))
                .returningNothing();
        Saga<Order, Void> beside = order("ways")
                .parallel(
                        "p", p -> p.step(RESERVE, takes(1), works(), nothing()).capture(CHARGE, works()))
                .returningNothing();

        assertThat(unbounded.worstCase().bounded()).isFalse();
        assertThat(beside.worstCase().bounded()).isFalse();
    }

    @Test
    void a_nested_saga_is_its_nodes_and_a_result_that_may_fail() {
        Saga<Order, String> inner = order("inner")
                .step(RESERVE, takes(5), works(), undoTakes(7))
                .step(CHARGE, takes(5), works(), undoTakes(7))
                .returning(String.class, s -> "");

        Most worst = Most.of(order("outer")
                .saga(key("one"), inner, s -> s.input())
                .saga(key("two"), inner, s -> s.input())
                .returningNothing());

        assertThat(worst).isEqualTo(new Most(9, 9, 4 * RESULT + 9 * RECORD, Duration.ofSeconds(4 * 5 + 4 * 7), true));
    }

    @Test
    void lambdas_that_may_throw_at_the_same_time_each_leave_a_record() {
        Saga<Order, String> inner = single("inner", "reserve");
        Most one = Most.of(order("one").saga(key("a"), inner, s -> s.input()).returningNothing());

        Most branches = Most.of(order("branches")
                .parallel(
                        "p",
                        p -> p.branch("x", b -> b.saga(key("a"), inner, s -> s.input()))
                                .branch("y", b -> b.saga(key("b"), inner, s -> s.input()))
                                .branch("z", b -> b.saga(key("c"), inner, s -> s.input())))
                .returningNothing());
        Most items = each(Bound.atMost(5).concurrently(2), inner);
        Most fewItems = each(Bound.atMost(3).concurrently(100), inner);

        assertThat(one.operations()).isEqualTo(2 + 1);
        assertThat(branches.operations()).isEqualTo(3 * 2 + 3);
        assertThat(items.operations()).isEqualTo(5 * 2 + 2);
        assertThat(fewItems.operations()).isEqualTo(3 * 2 + 3);
    }

    @Test
    void lambdas_one_after_the_other_leave_one_record_since_the_first_that_throws_is_the_last() {
        Most worst = Most.of(order("ways")
                .when("a", s -> true, t -> t.when("b", s -> true, u -> u.capture(RESERVE, works())))
                .invoke(CHARGE, "other", s -> "", nothing())
                .returningNothing());

        assertThat(worst.operations()).isEqualTo(2 + 1);
    }

    @Test
    void members_past_the_pivot_wait_for_a_person_at_the_same_time() {
        Most worst = Most.of(order("pivoted")
                .pivot(Parking.park(Duration.ofDays(1)))
                .parallel("both", p -> p.step(RESERVE, takes(1), works()).step(CHARGE, takes(1), works()))
                .returningNothing());

        assertThat(worst)
                .isEqualTo(new Most(
                        5, 5, 2 * RESULT + 5 * RECORD, Duration.ofDays(1).plusSeconds(1), true));
    }

    @Test
    void items_past_the_pivot_wait_for_a_person_one_after_the_other() {
        Most worst = Most.of(order("pivoted")
                .pivot(Parking.park(Duration.ofDays(1)))
                .forEach(
                        "lines",
                        Bound.atMost(3),
                        s -> s.input().lines(),
                        Line::sku,
                        each -> each.step(RESERVE, takes(1), works()))
                .returningNothing());

        assertThat(worst)
                .isEqualTo(new Most(
                        7, 7, 3 * RESULT + 7 * RECORD, Duration.ofDays(3).plusSeconds(3), true));
    }

    @Test
    void a_worst_case_beyond_all_numbers_is_still_the_most() {
        Bound any = Bound.atMost(Integer.MAX_VALUE);
        Most worst = Most.of(order("endless")
                .forEach(
                        "outer",
                        any,
                        s -> s.input().lines(),
                        Line::sku,
                        outer -> outer.forEach(
                                "inner",
                                any,
                                s -> s.input().lines(),
                                Line::sku,
                                inner -> inner.step(RESERVE, takes(1), works(), undoTakes(1))
                                        .sleep("nap", Duration.ofDays(10_000))))
                .returningNothing());

        assertThat(worst.operations()).isEqualTo(Long.MAX_VALUE);
        assertThat(worst.metered()).isEqualTo(Long.MAX_VALUE);
        assertThat(worst.bytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(worst.duration()).isGreaterThan(Duration.ofDays(365L * 100_000_000));
    }

    private static Most lines(Bound bound) {
        return Most.of(order("lines")
                .forEach(
                        "lines",
                        bound,
                        s -> s.input().lines(),
                        Line::sku,
                        each -> each.step(RESERVE, takes(5), works(), undoTakes(7)))
                .returningNothing());
    }

    private static Most each(Bound bound, Saga<Order, String> inner) {
        return Most.of(order("items")
                .forEach(
                        "lines",
                        bound,
                        s -> s.input().lines(),
                        Line::sku,
                        each -> each.saga(key("a"), inner, s -> s.input()))
                .returningNothing());
    }

    private static StepOptions takes(int seconds) {
        return StepOptions.with().timeout(Duration.ofSeconds(seconds)).resultAtMost((int) RESULT);
    }

    private static <S, R> Undo<S, R> undoTakes(int seconds) {
        UndoOptions options = UndoOptions.undoing().retry(Retries.none()).timeout(Duration.ofSeconds(seconds));
        return Undo.undo(options, (s, effect) -> {});
    }
}
