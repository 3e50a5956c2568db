package io.durablesaga.testing.contract;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.UndoOptions.undoing;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Parking;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import org.junit.jupiter.api.Test;

/** How many crashes in the middle of an attempt are survived, and what comes after them. */
abstract class InterruptionBoundContract extends SubjectContract {

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
}
