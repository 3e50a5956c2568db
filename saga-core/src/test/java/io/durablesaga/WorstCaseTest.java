package io.durablesaga;

import static io.durablesaga.Orders.CHARGE;
import static io.durablesaga.Orders.PACK;
import static io.durablesaga.Orders.RESERVE;
import static io.durablesaga.Orders.SHIP;
import static io.durablesaga.Orders.key;
import static io.durablesaga.Orders.nothing;
import static io.durablesaga.Orders.order;
import static io.durablesaga.Orders.undone;
import static io.durablesaga.Orders.works;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Orders.Order;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one node after the other takes at the most, to the operation, byte and millisecond. */
class WorstCaseTest {
    /** A result without a bound. */
    private static final long RESULT = 16 * 1024;
    /** What a record takes besides its result. */
    private static final long RECORD = 512;
    /** The delays of an undo by default: 1, 2, 4, 8, 16, 32 seconds and three times a minute. */
    private static final Duration UNDO_DELAYS = Duration.ofSeconds(243);

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void a_chain_of_steps_is_each_step_and_each_undo(int steps) {
        SagaBuilder<Order> builder = order("chain");
        for (int i = 1; i <= steps; i++) {
            builder.step(key("step-" + i), works(), undone());
        }

        assertThat(Most.of(builder.returningNothing()))
                .isEqualTo(new Most(
                        2L * steps,
                        11L * steps,
                        steps * RESULT + 2L * steps * RECORD,
                        UNDO_DELAYS.multipliedBy(steps),
                        false));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void a_chain_of_steps_without_undos_is_each_step_and_a_result_that_fails(int steps) {
        SagaBuilder<Order> builder = order("chain");
        for (int i = 1; i <= steps; i++) {
            builder.step(key("step-" + i), works(), nothing());
        }

        assertThat(Most.of(builder.returningNothing()))
                .isEqualTo(new Most(steps + 1, steps + 1, steps * RESULT + (steps + 1) * RECORD, Duration.ZERO, false));
    }

    @Test
    void every_further_attempt_is_metered_and_takes_its_time() {
        StepOptions step = StepOptions.with()
                .retry(Retries.every(Duration.ofSeconds(2), 3))
                .timeout(Duration.ofSeconds(5))
                .resultAtMost(100);
        UndoOptions undo = UndoOptions.undoing()
                .retry(Retries.every(Duration.ofSeconds(1), 4))
                .timeout(Duration.ofSeconds(10));

        Saga<Order, Void> saga = order("bounded")
                .step(RESERVE, step, works(), Undo.undo(undo, (s, effect) -> {}))
                .returningNothing();

        Duration forward = Duration.ofSeconds(3 * 5 + 2 * 2);
        Duration backward = Duration.ofSeconds(4 * 10 + 3);
        assertThat(Most.of(saga)).isEqualTo(new Most(2, 3 + 4, 100 + 2 * RECORD, forward.plus(backward), true));
    }

    @Test
    void an_undo_that_parks_is_one_more_operation_and_the_wait_for_a_person() {
        UndoOptions undo = UndoOptions.undoing()
                .retry(Retries.none())
                .timeout(Duration.ofSeconds(1))
                .onStuck(Parking.park(Duration.ofDays(3)));
        StepOptions step = StepOptions.with().timeout(Duration.ofSeconds(1));

        Saga<Order, Void> saga = order("parking")
                .step(RESERVE, step, works(), Undo.undo(undo, (s, effect) -> {}))
                .step(CHARGE, step, works(), Undo.undo(undo, (s, effect) -> {}))
                .returningNothing();

        assertThat(Most.of(saga))
                .isEqualTo(new Most(
                        2 + 2 * 2,
                        2 + 2 * 2,
                        2 * RESULT + 6 * RECORD,
                        Duration.ofDays(6).plusSeconds(4),
                        true));
    }

    @Test
    void a_capture_has_no_undo_and_a_validation_costs_nothing() {
        Saga<Order, Void> saga = order("captures")
                .validate(o -> {})
                .capture(RESERVE, works())
                .capture(CHARGE, StepOptions.with().retry(Retries.every(Duration.ofSeconds(1), 5)), works())
                .returningNothing();

        assertThat(Most.of(saga)).isEqualTo(new Most(3, 7, 2 * RESULT + 3 * RECORD, Duration.ofSeconds(4), false));
    }

    @Test
    void a_sleep_is_one_operation_of_its_length() {
        Saga<Order, Void> saga = order("nap").sleep("nap", Duration.ofDays(30)).returningNothing();

        assertThat(Most.of(saga)).isEqualTo(new Most(2, 2, 2 * RECORD, Duration.ofDays(30), true));
    }

    @Test
    void a_poll_is_one_operation_and_every_look_is_metered() {
        Saga<Order, Void> saga = order("looking")
                .poll(RESERVE, Polling.every(Duration.ofMinutes(1), 30), s -> Optional.of(""))
                .returningNothing();

        assertThat(Most.of(saga)).isEqualTo(new Most(2, 31, RESULT + 2 * RECORD, Duration.ofMinutes(29), false));
    }

    @Test
    void an_await_is_the_callback_and_the_step_that_sends_its_id() {
        StepOptions sending = StepOptions.with()
                .retry(Retries.every(Duration.ofSeconds(1), 2))
                .timeout(Duration.ofSeconds(5))
                .resultAtMost(10);
        UndoOptions undo = UndoOptions.undoing().retry(Retries.none()).timeout(Duration.ofSeconds(7));

        Saga<Order, Void> saga = order("approval")
                .await(
                        RESERVE,
                        sending,
                        Within.within(Duration.ofDays(2)),
                        (s, id) -> {},
                        Undo.undo(undo, (s, effect) -> {}))
                .returningNothing();

        assertThat(Most.of(saga))
                .isEqualTo(new Most(
                        3, 4, 10 + RESULT + 3 * RECORD, Duration.ofDays(2).plusSeconds(11 + 7), true));
    }

    @Test
    void an_invoked_function_is_one_operation_of_unknown_length_whose_payload_may_fail() {
        Saga<Order, Void> saga =
                order("calls").invoke(RESERVE, "other", s -> "", undone()).returningNothing();

        assertThat(Most.of(saga)).isEqualTo(new Most(3, 12, RESULT + 3 * RECORD, UNDO_DELAYS, false));
    }

    @Test
    void past_the_pivot_every_step_and_capture_may_wait_for_a_person() {
        StepOptions step = StepOptions.with().timeout(Duration.ofSeconds(1));

        Saga<Order, Void> saga = order("pivoted")
                .capture(RESERVE, step, works())
                .pivot(Parking.park(Duration.ofDays(1)))
                .step(CHARGE, step, works())
                .capture(PACK, step, works())
                .sleep("nap", Duration.ofHours(1))
                .await(SHIP, Within.within(Duration.ofHours(2)).orElse("none"), (s, id) -> {})
                .returningNothing();

        assertThat(Most.of(saga))
                .isEqualTo(new Most(
                        1 + 2 + 2 + 1 + 3 + 1,
                        1 + 2 + 2 + 1 + 3 + 1,
                        5 * RESULT + 10 * RECORD,
                        Duration.ofDays(3).plusHours(3).plusSeconds(3),
                        false));
    }

    @Test
    void a_saga_either_passes_its_pivot_or_is_undone() {
        Saga<Order, Void> longRollback = order("long-rollback")
                .step(RESERVE, works(), undone())
                .step(CHARGE, works(), undone())
                .step(PACK, works(), undone())
                .pivot(Parking.park(Duration.ofSeconds(100)))
                .step(SHIP, works())
                .returningNothing();
        Saga<Order, Void> longFinish = order("long-finish")
                .step(RESERVE, works(), undone())
                .pivot(Parking.park(Duration.ofDays(1)))
                .step(CHARGE, works())
                .step(SHIP, works())
                .returningNothing();

        assertThat(Most.of(longRollback))
                .isEqualTo(new Most(6, 33, 4 * RESULT + 6 * RECORD, UNDO_DELAYS.multipliedBy(3), false));
        assertThat(Most.of(longFinish)).isEqualTo(new Most(6, 11, 3 * RESULT + 6 * RECORD, Duration.ofDays(2), false));
    }
}
