package io.durablesaga.testing.contract;

import static io.durablesaga.StepOptions.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.AfterPivot;
import io.durablesaga.Parking;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.EffectReport.State;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Steps past the point of no return: retried, parked, decided, and never undone. */
abstract class PivotContract extends SubjectContract {
    private static final Duration A_DAY = Duration.ofDays(1);
    private static final StepKey<String> NOTIFY = StepKey.of("notify", String.class);

    @Test
    void before_the_pivot_a_failure_still_unwinds() {
        Saga<String, String> saga = shipping(StepOptions.DEFAULT);
        world.plan("reserve", Fault.FAILS_AFTER_EFFECT);
        start(saga);

        assertThat(states(compensated(saga).effects())).containsExactly("reserve UNDONE");
        assertThat(world.effects()).containsExactly("reserve", "undo reserve");
    }

    @Test
    void past_the_pivot_a_failing_step_is_parked_and_nothing_is_undone() {
        Saga<String, String> saga = shipping(StepOptions.DEFAULT);
        world.plan("ship", Fault.FAILS_AFTER_EFFECT);
        start(saga);

        assertThat(parked(saga).path()).isEqualTo("ship");
        assertThat(world.attempts()).containsExactly("reserve#1", "ship#1");
        assertThat(operations())
                .containsExactly("ACTION reserve COMPLETED", "ACTION ship FAILED", "CALLBACK decide:ship PENDING");

        engine.advance(A_DAY.minusSeconds(1));
        assertThat(parked(saga).path()).isEqualTo("ship");
        engine.advance(Duration.ofSeconds(1));
        SagaResult.Stuck<String> result = stuck(saga);
        assertThat(result.cause()).isEqualTo(new Cause("ship", silent("ship")));
        assertThat(result.open())
                .containsExactlyInAnyOrder(
                        standing("reserve"),
                        new EffectReport(
                                "ship",
                                EffectReport.Action.UNKNOWN,
                                State.NOT_DONE,
                                actionKey("ship"),
                                undoKey("ship"),
                                1,
                                0,
                                silent("ship"),
                                null));
        assertThat(world.effects()).containsExactly("reserve", "ship");
        assertThat(operations()).hasSize(3);
    }

    @Test
    void a_failing_step_is_attempted_to_its_budget_before_it_is_parked() {
        Saga<String, String> saga = shipping(with().retry(Retries.every(TEN_SECONDS, 3)));
        world.always("ship", Fault.FAILS);
        start(saga);
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);

        assertThat(parked(saga).path()).isEqualTo("ship");
        assertThat(world.attempts()).containsExactly("reserve#1", "ship#1", "ship#2", "ship#3");
    }

    @Test
    void a_rejection_parks_at_once() {
        Saga<String, String> saga = shipping(with().retry(Retries.every(TEN_SECONDS, 3)));
        world.plan("ship", Fault.REJECTS);
        start(saga);

        assertThat(parked(saga).path()).isEqualTo("ship");
        engine.advance(A_DAY);
        EffectReport ship = report(stuck(saga), "ship");
        assertThat(ship.action()).isEqualTo(EffectReport.Action.REJECTED);
        assertThat(ship.state()).isEqualTo(State.NOT_DONE);
        assertThat(ship.lastError()).isEqualTo(says("ship"));
    }

    @Test
    void retry_attempts_the_step_again_with_its_key_and_a_fresh_budget() {
        Saga<String, String> saga = shipping(with().retry(Retries.every(TEN_SECONDS, 2)));
        world.plan("ship", Fault.FAILS, Fault.FAILS, Fault.FAILS, Fault.NONE);
        start(saga);
        engine.advance(TEN_SECONDS);
        decide(saga, new Decision.Retry());
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);

        assertThat(completed(saga)).isEqualTo("notify after true");
        assertThat(world.effects()).containsExactly("reserve", "ship", "notify");
        assertThat(world.looks("ship")).isEqualTo(4);
        assertThat(operations())
                .containsExactly(
                        "ACTION reserve COMPLETED",
                        "ACTION ship FAILED",
                        "CALLBACK decide:ship COMPLETED",
                        "ACTION ship COMPLETED",
                        "ACTION notify COMPLETED");
    }

    @Test
    void a_rejection_after_an_unknown_try_stays_unknown_and_parks_again() {
        Saga<String, String> saga = shipping(StepOptions.DEFAULT);
        world.plan("ship", Fault.FAILS_AFTER_EFFECT, Fault.REJECTS);
        start(saga);
        String first = parked(saga).id();
        decide(saga, new Decision.Retry());

        assertThat(parked(saga).id()).isNotEqualTo(first);
        assertThat(engine.decide(first, new Decision.Skip("too late"))).isEqualTo(CallbackAnswer.DUPLICATE);
        engine.advance(A_DAY);
        assertThat(report(stuck(saga), "ship").action()).isEqualTo(EffectReport.Action.UNKNOWN);
    }

    @Test
    void skip_goes_on_and_ends_stuck_with_the_reason() {
        Saga<String, String> saga = shipping(StepOptions.DEFAULT);
        world.plan("ship", Fault.REJECTS);
        start(saga);
        decide(saga, new Decision.Skip("the customer fetches it"));

        SagaResult.Stuck<String> result = stuck(saga);
        assertThat(result.cause()).isEqualTo(new Cause("ship", says("ship")));
        assertThat(report(result, "ship").state()).isEqualTo(State.SKIPPED);
        assertThat(report(result, "ship").reason()).isEqualTo("the customer fetches it");
        assertThat(states(result.open()))
                .containsExactlyInAnyOrder("reserve STANDING", "notify STANDING", "ship SKIPPED");
        assertThat(world.effects()).containsExactly("reserve", "notify");
    }

    @Test
    void resolved_goes_on_as_if_it_had_been_done() {
        Saga<String, String> saga = shipping(StepOptions.DEFAULT);
        world.plan("ship", Fault.FAILS);
        start(saga);
        decide(saga, new Decision.Resolved("shipped by hand"));

        assertThat(completed(saga)).isEqualTo("notify after false");
        assertThat(world.effects()).containsExactly("reserve", "notify");
        assertThat(operations())
                .containsExactly(
                        "ACTION reserve COMPLETED",
                        "ACTION ship FAILED",
                        "CALLBACK decide:ship COMPLETED",
                        "ACTION notify COMPLETED");
    }

    private AfterPivot<String> afterPivot() {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .pivot(Parking.park(A_DAY));
    }

    private Saga<String, String> shipping(StepOptions options) {
        return afterPivot()
                .step(SHIP, options, world.does("ship"))
                .step(NOTIFY, world.does("notify"))
                .returning(String.class, s -> "notify after " + s.find(SHIP).isPresent());
    }

    private EffectReport standing(String path) {
        return new EffectReport(
                path,
                EffectReport.Action.COMPLETED,
                State.STANDING,
                actionKey(path),
                undoKey(path),
                1,
                0,
                (Failure) null,
                null);
    }

    private static EffectReport report(SagaResult.Stuck<?> result, String path) {
        return result.effects().stream()
                .filter(effect -> effect.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no report of " + path + " in " + result));
    }
}
