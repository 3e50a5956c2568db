package io.durablesaga.testing.contract;

import static io.durablesaga.UndoOptions.undoing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.durablesaga.Parking;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.Scope;
import io.durablesaga.Undo;
import io.durablesaga.UndoOptions;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.EffectReport.State;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** An undo whose budget is spent, parked for a person: one decision per undo. */
abstract class ParkingContract extends SubjectContract {
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final UndoOptions PARKING =
            undoing().retry(Retries.every(TEN_SECONDS, 2)).onStuck(Parking.park(A_DAY));

    @Test
    void an_undo_whose_budget_is_spent_is_parked_before_earlier_ones_run() {
        Saga<String, String> saga = parkedOnCharge(PARKING);

        SagaStatus.ParkedDecision decision = parked(saga);
        assertThat(decision.path()).isEqualTo("charge");
        assertThat(world.attempts()).endsWith("ship#1", "undo charge#1", "undo charge#2");
        assertThat(operations())
                .containsExactly(
                        "ACTION reserve COMPLETED",
                        "ACTION charge COMPLETED",
                        "ACTION ship FAILED",
                        "UNDO undo:charge FAILED",
                        "CALLBACK decide:charge PENDING");
        assertThat(engine.callbacks(NAME)).isEmpty();
    }

    @Test
    void retry_attempts_the_undo_again_with_its_key_and_a_fresh_budget() {
        Saga<String, String> saga = parkedOnCharge(PARKING);
        world.plan("undo charge", Fault.FAILS, Fault.NONE);
        decide(saga, new Decision.Retry());
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause()).isEqualTo(new Cause("ship", says("ship")));
        assertThat(states(result.effects())).containsExactly("charge UNDONE", "reserve UNDONE");
        assertThat(result.effects().get(0).undoAttempts()).isEqualTo(4);
        assertThat(world.effects()).containsExactly("reserve", "charge", "undo charge", "undo reserve");
        assertThat(operations())
                .endsWith(
                        "UNDO undo:charge FAILED",
                        "CALLBACK decide:charge COMPLETED",
                        "UNDO undo:charge COMPLETED",
                        "UNDO undo:reserve COMPLETED");
    }

    @Test
    void an_undo_that_fails_again_is_parked_again_under_another_decision() {
        Saga<String, String> saga = parkedOnCharge(PARKING);
        String first = parked(saga).id();
        decide(saga, new Decision.Retry());
        engine.advance(TEN_SECONDS);

        assertThat(parked(saga).id()).isNotEqualTo(first);
        assertThat(engine.decide(first, new Decision.Skip("too late"))).isEqualTo(CallbackAnswer.DUPLICATE);
        engine.settle();
        assertThat(parked(saga).path()).isEqualTo("charge");
    }

    @Test
    void skip_leaves_the_effect_and_lists_it_with_the_reason() {
        Saga<String, String> saga = parkedOnCharge(PARKING);
        decide(saga, new Decision.Skip("the customer keeps it"));

        SagaResult.Stuck<String> result = stuck(saga);
        assertThat(result.open())
                .containsExactly(new EffectReport(
                        "charge",
                        EffectReport.Action.COMPLETED,
                        State.SKIPPED,
                        actionKey("charge"),
                        undoKey("charge"),
                        1,
                        2,
                        silent("undo charge"),
                        "the customer keeps it"));
        assertThat(states(result.undone())).containsExactly("reserve UNDONE");
        assertThat(world.standing()).containsExactly("charge");
    }

    @Test
    void resolved_counts_as_undone() {
        Saga<String, String> saga = parkedOnCharge(PARKING);
        decide(saga, new Decision.Resolved("refunded by hand"));

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(states(result.effects())).containsExactly("charge RESOLVED", "reserve UNDONE");
        assertThat(result.effects().get(0).reason()).isEqualTo("refunded by hand");
    }

    @Test
    void nobody_deciding_in_time_is_stuck_and_the_others_still_run() {
        Saga<String, String> saga = parkedOnCharge(PARKING);
        engine.advance(A_DAY.minusSeconds(1));
        assertThat(parked(saga).path()).isEqualTo("charge");
        engine.advance(Duration.ofSeconds(1));

        SagaResult.Stuck<String> result = stuck(saga);
        assertThat(states(result.open())).containsExactly("charge NOT_UNDONE");
        assertThat(states(result.undone())).containsExactly("reserve UNDONE");
        assertThat(operations()).contains("CALLBACK decide:charge FAILED");
        assertThat(operations()).endsWith("UNDO undo:reserve COMPLETED");
    }

    @Test
    void an_undo_that_holds_earlier_ones_holds_them_when_nobody_decides() {
        Saga<String, String> saga = parkedOnCharge(PARKING.holdsEarlier());
        engine.advance(A_DAY);

        assertThat(states(stuck(saga).open())).containsExactly("charge NOT_UNDONE", "reserve HELD");
        assertThat(world.standing()).containsExactly("reserve", "charge");
    }

    @Test
    void an_undo_that_holds_earlier_ones_and_is_resolved_holds_nothing() {
        Saga<String, String> saga = parkedOnCharge(PARKING.holdsEarlier());
        decide(saga, new Decision.Resolved("refunded by hand"));

        assertThat(states(compensated(saga).effects())).containsExactly("charge RESOLVED", "reserve UNDONE");
    }

    @Test
    void each_undo_that_fails_is_decided_by_itself() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), parking("reserve"))
                .step(CHARGE, world.does("charge"), parking("charge"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.REJECTS);
        world.always("undo reserve", Fault.FAILS);
        world.always("undo charge", Fault.FAILS);
        start(saga);
        engine.advance(TEN_SECONDS);
        assertThat(parked(saga).path()).isEqualTo("charge");
        decide(saga, new Decision.Skip("small change"));
        engine.advance(TEN_SECONDS);
        assertThat(parked(saga).path()).isEqualTo("reserve");
        decide(saga, new Decision.Resolved("put back on the shelf"));

        assertThat(states(stuck(saga).effects())).containsExactly("charge SKIPPED", "reserve RESOLVED");
    }

    @Test
    void what_is_no_decision_leaves_it_parked() {
        for (String payload : new String[] {"{\"decision\":\"perhaps\"}", "retry", "{\"decision\":\"skip\"}", ""}) {
            inNewWorld(() -> {
                Saga<String, String> saga = parkedOnCharge(PARKING);
                letInOrRefused(() -> engine.complete(parked(saga).id(), payload));

                assertThat(parked(saga).path()).isEqualTo("charge");
                decide(saga, new Decision.Resolved("refunded by hand"));
                assertThat(states(compensated(saga).effects())).containsExactly("charge RESOLVED", "reserve UNDONE");
            });
        }
    }

    @Test
    void a_failed_decision_leaves_it_parked() {
        Saga<String, String> saga = parkedOnCharge(PARKING);
        letInOrRefused(() -> engine.fail(parked(saga).id(), "I do not know"));

        assertThat(parked(saga).path()).isEqualTo("charge");
        decide(saga, new Decision.Skip("small change"));
        assertThat(states(stuck(saga).open())).containsExactly("charge SKIPPED");
    }

    @Test
    void a_decision_is_made_once_and_by_its_id() {
        Saga<String, String> saga = parkedOnCharge(PARKING);
        String id = parked(saga).id();
        assertThat(engine.decide("no-such-decision", new Decision.Retry())).isEqualTo(CallbackAnswer.UNKNOWN);
        decide(saga, new Decision.Skip("small change"));

        assertThat(engine.decide(id, new Decision.Retry())).isIn(CallbackAnswer.DUPLICATE, CallbackAnswer.LATE);
        engine.settle();
        assertThat(states(stuck(saga).open())).containsExactly("charge SKIPPED");
        assertThat(world.looks("undo charge")).isEqualTo(2);
    }

    /** Runs until the undo of the second of three steps is parked; unless planned otherwise it goes on failing. */
    private Saga<String, String> parkedOnCharge(UndoOptions options) {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .step(CHARGE, world.does("charge"), world.undoes(options, "charge"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.REJECTS);
        world.always("undo charge", Fault.FAILS);
        start(saga);
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);
        return saga;
    }

    /** An engine may refuse at the door what is no decision; what matters is that nothing is decided. */
    private void letInOrRefused(Callable<CallbackAnswer> call) {
        Throwable refused = catchThrowable(call::call);
        assertThat(refused instanceof Error).as("%s", refused).isFalse();
        engine.settle();
    }

    private Undo<Scope<String>, String> parking(String name) {
        return world.undoes(PARKING, name);
    }
}
