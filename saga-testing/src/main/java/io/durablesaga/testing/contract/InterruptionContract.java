package io.durablesaga.testing.contract;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.undoFinding;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Action;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.EffectReport.State;
import io.durablesaga.result.SagaResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    void a_rejection_after_an_interrupted_attempt_is_unknown_in_a_group_too() {
        for (String step : List.of("left", "first", "second", "room[a]", "room[b]")) {
            inNewWorld(() -> {
                Saga<String, String> saga = group();
                world.plan(step, Fault.DIES_AFTER_EFFECT, Fault.REJECTS);
                start(saga);
                reopen();

                assertThat(compensated(saga).cause().failure())
                        .isEqualTo(says(step).asUnknown());
                assertThat(world.handed(step)).containsExactly(Optional.empty());
                assertThat(world.standing()).isEmpty();
            });
        }
    }

    @Test
    void a_sibling_that_was_under_way_when_the_process_died_is_in_doubt_too() {
        CountDownLatch leftBegan = new CountDownLatch(1);
        CountDownLatch died = new CountDownLatch(1);
        Action<Scope<String>, String> left = s -> {
            if (leftBegan.getCount() == 0) {
                return world.act("reserve", s);
            }
            leftBegan.countDown();
            awaitWhateverInterrupts(died);
            throw new Fault.Died("reserve");
        };
        Action<Scope<String>, String> right = s -> {
            if (died.getCount() == 0) {
                return world.act("charge", s);
            }
            awaitWhateverInterrupts(leftBegan);
            world.die();
            died.countDown();
            throw new Fault.Died("charge");
        };
        Saga<String, String> saga = saga().parallel(
                        "both",
                        both -> both.step(RESERVE, left, world.undoes("reserve"))
                                .step(CHARGE, right, world.undoes("charge")))
                .returning(String.class, s -> s.result(RESERVE));
        world.plan("reserve", Fault.REJECTS);
        start(saga);
        reopen();

        assertThat(compensated(saga).cause())
                .isEqualTo(new Cause("both/reserve", says("reserve").asUnknown()));
        assertThat(states(compensated(saga).effects())).containsExactly("both/charge UNDONE", "both/reserve UNDONE");
        assertThat(world.standing()).isEmpty();
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
        AtomicBoolean died = new AtomicBoolean();
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch returned = new CountDownLatch(1);
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .step(
                        CHARGE,
                        s -> {
                            if (died.getAndSet(true)) {
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
