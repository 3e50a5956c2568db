package io.durablesaga.testing.contract;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.undoFinding;
import static io.durablesaga.UndoOptions.undoing;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Parking;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.EffectReport.State;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A crash in the middle of an attempt: not a failure, but it leaves the outcome in doubt. */
abstract class InterruptionContract extends SubjectContract {
    private static final StepOptions TWICE = with().retry(Retries.every(TEN_SECONDS, 2));

    @Test
    void an_interrupted_attempt_does_not_count_as_a_failure() {
        Saga<String, String> saga = order(TWICE);
        world.plan("charge", Fault.DIES, Fault.FAILS, Fault.DIES_AFTER_EFFECT, Fault.NONE);
        start(saga);
        reopen();
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);
        reopen();

        assertThat(completed(saga)).isEqualTo("did reserve, did charge, did ship");
        assertThat(world.attempts())
                .containsExactly("reserve#1", "charge#1", "charge#2", "charge#3", "charge#4", "ship#1");
        assertThat(world.effects()).containsExactly("reserve", "charge", "ship");
    }

    @Test
    void failures_are_counted_across_crashes() {
        Saga<String, String> saga = order(TWICE);
        world.plan("charge", Fault.FAILS, Fault.DIES, Fault.FAILS);
        start(saga);
        engine.advance(TEN_SECONDS);
        reopen();

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause()).isEqualTo(new Cause("charge", silent("charge")));
        assertThat(result.effects().get(0).actionAttempts()).isEqualTo(3);
    }

    @Test
    void a_rejection_after_an_interrupted_attempt_is_unknown() {
        for (String step : List.of("reserve", "charge")) {
            inNewWorld(() -> {
                Saga<String, String> saga = order();
                world.plan(step, Fault.DIES_AFTER_EFFECT, Fault.REJECTS);
                start(saga);
                reopen();

                SagaResult.Compensated<String> result = compensated(saga);
                assertThat(result.cause()).isEqualTo(new Cause(step, says(step).asUnknown()));
                EffectReport report = result.effects().get(0);
                assertThat(report.path()).isEqualTo(step);
                assertThat(report.action()).isEqualTo(EffectReport.Action.UNKNOWN);
                assertThat(report.actionAttempts()).isEqualTo(2);
                assertThat(world.handed(step)).containsExactly(Optional.empty());
                assertThat(world.standing()).isEmpty();
            });
        }
    }

    @Test
    void a_rejection_after_an_interrupted_attempt_is_clean_where_the_provider_repeats_its_first_answer() {
        Saga<String, String> saga = order(with().providerReplays());
        world.plan("charge", Fault.DIES, Fault.REJECTS);
        start(saga);
        reopen();

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause()).isEqualTo(new Cause("charge", says("charge")));
        assertThat(states(result.effects())).containsExactly("reserve UNDONE");
        assertThat(world.effects()).containsExactly("reserve", "undo reserve");
    }

    @Test
    void as_many_crashes_are_survived_as_the_step_says() {
        Saga<String, String> saga = order(with().interruptions(3));
        world.plan("charge", Fault.DIES, Fault.DIES_AFTER_EFFECT, Fault.DIES, Fault.NONE);
        start(saga);
        reopen();

        assertThat(completed(saga)).isEqualTo("did reserve, did charge, did ship");
        assertThat(world.looks("charge")).isEqualTo(4);
    }

    @Test
    void one_crash_more_is_unknown_and_the_body_does_not_run_again() {
        Saga<String, String> saga = order(with().interruptions(3).retry(Retries.every(TEN_SECONDS, 5)));
        world.plan("charge", Fault.DIES, Fault.DIES_AFTER_EFFECT, Fault.DIES, Fault.DIES);
        start(saga);
        reopen();

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause().path()).isEqualTo("charge");
        assertThat(result.cause().failure().kind()).isEqualTo(Failure.Kind.UNKNOWN);
        assertThat(states(result.effects())).containsExactly("charge UNDONE", "reserve UNDONE");
        assertThat(result.effects().get(0).actionAttempts()).isEqualTo(4);
        assertThat(world.looks("charge")).isEqualTo(4);
        assertThat(world.effects()).containsExactly("reserve", "charge", "undo charge", "undo reserve");
        assertThat(operations()).contains("ACTION charge FAILED");
    }

    @Test
    void an_undo_that_crashes_too_often_is_stuck_and_the_others_run() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .step(CHARGE, world.does("charge"), world.undoes(undoing().interruptions(1), "charge"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.REJECTS);
        world.plan("undo charge", Fault.DIES, Fault.DIES);
        start(saga);
        reopen();

        SagaResult.Stuck<String> result = stuck(saga);
        assertThat(states(result.effects())).containsExactly("charge NOT_UNDONE", "reserve UNDONE");
        assertThat(result.open().get(0).undoAttempts()).isEqualTo(2);
        assertThat(world.standing()).containsExactly("charge");
    }

    @Test
    void a_step_past_the_pivot_that_crashes_too_often_is_parked() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .pivot(Parking.park(TEN_SECONDS))
                .step(SHIP, with().interruptions(1), world.does("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.DIES, Fault.DIES_AFTER_EFFECT);
        start(saga);
        reopen();

        assertThat(parked(saga).path()).isEqualTo("ship");
        decide(saga, new Decision.Retry());
        assertThat(completed(saga)).isEqualTo("did ship");
        assertThat(world.effects()).containsExactly("reserve", "ship");
    }

    @Test
    void a_capture_that_a_crash_cut_short_is_read_again() {
        StepKey<String> id = StepKey.of("id", String.class);
        Saga<String, String> saga = saga().capture(id, with().interruptions(1), world.reads("id"))
                .step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .returning(String.class, s -> s.result(id));
        world.plan("id", Fault.DIES, Fault.NONE);
        start(saga);
        reopen();

        assertThat(completed(saga)).isEqualTo("read id");
        assertThat(world.looks("id")).isEqualTo(2);
    }

    @Test
    void a_decision_to_unwind_stands_although_the_step_would_succeed_now() {
        Saga<String, String> saga = order();
        world.plan("charge", Fault.FAILS);
        world.plan("undo charge", Fault.DIES);
        start(saga);
        reopen();

        assertThat(compensated(saga).cause()).isEqualTo(new Cause("charge", silent("charge")));
        assertThat(world.attempts())
                .containsExactly("reserve#1", "charge#1", "undo charge#1", "undo charge#2", "undo reserve#1");
    }

    @Test
    void a_finding_is_looked_up_again_after_a_crash() {
        AtomicInteger lookedUp = new AtomicInteger();
        Saga<String, String> saga = saga().step(
                        CHARGE,
                        world.does("charge"),
                        undoFinding(
                                (s, key) -> {
                                    if (lookedUp.incrementAndGet() == 1) {
                                        world.die();
                                    }
                                    return world.find(key);
                                },
                                (s, effect) -> world.undo("charge", s, effect)))
                .returning(String.class, s -> s.result(CHARGE));
        world.plan("charge", Fault.FAILS_AFTER_EFFECT);
        start(saga);
        reopen();

        assertThat(states(compensated(saga).effects())).containsExactly("charge UNDONE");
        assertThat(lookedUp).hasValue(2);
        assertThat(world.effects()).containsExactly("charge", "undo charge");
    }

    @Test
    void a_body_of_a_dead_process_that_returns_late_records_nothing() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch returned = new CountDownLatch(1);
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .step(
                        CHARGE,
                        s -> {
                            if (s.attempt() > 1) {
                                return world.act("charge", s);
                            }
                            world.die();
                            awaitWhateverInterrupts(released);
                            returned.countDown();
                            return "from the grave";
                        },
                        world.undoes("charge"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(CHARGE));
        start(saga);
        reopen();
        List<String> before = operations();
        released.countDown();
        assertThat(returned.await(10, TimeUnit.SECONDS)).isTrue();
        engine.settle();

        assertThat(completed(saga)).isEqualTo("did charge");
        assertThat(operations()).isEqualTo(before);
        assertThat(world.effects()).containsExactly("reserve", "charge", "ship");
    }

    @Test
    void what_a_crash_interrupted_is_reported_with_all_its_attempts() {
        Saga<String, String> saga = order();
        world.plan("charge", Fault.DIES, Fault.DIES);
        world.plan("ship", Fault.REJECTS);
        world.plan("undo charge", Fault.DIES_AFTER_EFFECT);
        start(saga);
        reopen();

        EffectReport charge = compensated(saga).effects().get(0);
        assertThat(charge)
                .isEqualTo(new EffectReport(
                        "charge",
                        EffectReport.Action.COMPLETED,
                        State.UNDONE,
                        actionKey("charge"),
                        undoKey("charge"),
                        3,
                        2,
                        null,
                        null));
    }

    /** A dead process hears no interrupt. */
    private static void awaitWhateverInterrupts(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                open = latch.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                open = false;
            }
        }
    }
}
