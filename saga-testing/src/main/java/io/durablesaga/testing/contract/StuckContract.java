package io.durablesaga.testing.contract;

import static io.durablesaga.Undo.undo;
import static io.durablesaga.UndoOptions.undoing;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.Undo;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.EffectReport.Action;
import io.durablesaga.result.EffectReport.State;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Undos that fail: repeated, given up, holding others or not, and listed exactly. */
abstract class StuckContract extends SubjectContract {

    @Test
    void a_failing_undo_is_repeated_without_being_asked_to() {
        Saga<String, String> saga = order();
        world.plan("ship", Fault.REJECTS);
        world.plan("undo charge", Fault.FAILS, Fault.FAILS_AFTER_EFFECT);
        start(saga);
        assertWaiting(saga);
        assertThat(world.effects()).containsExactly("reserve", "charge");

        engine.advance(Duration.ofSeconds(1));
        assertWaiting(saga);
        engine.advance(Duration.ofSeconds(2));

        assertThat(compensated(saga).effects().get(0).undoAttempts()).isEqualTo(3);
        assertThat(world.effects()).containsExactly("reserve", "charge", "undo charge", "undo reserve");
        assertThat(world.attempts()).endsWith("undo charge#1", "undo charge#2", "undo charge#3", "undo reserve#1");
        assertThat(operations())
                .endsWith("ACTION ship FAILED", "UNDO undo:charge COMPLETED", "UNDO undo:reserve COMPLETED");
    }

    @Test
    void an_undo_that_fails_ten_times_is_stuck_and_the_others_still_run() {
        Saga<String, String> saga = order();
        world.plan("ship", Fault.REJECTS);
        world.always("undo charge", Fault.FAILS);
        start(saga);
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            assertWaiting(saga);
            engine.advance(Duration.ofSeconds(seconds));
        }

        SagaResult.Stuck<String> result = stuck(saga);
        assertThat(result.cause()).isEqualTo(new Cause("ship", says("ship")));
        assertThat(result.open())
                .containsExactly(new EffectReport(
                        "charge",
                        Action.COMPLETED,
                        State.NOT_UNDONE,
                        actionKey("charge"),
                        undoKey("charge"),
                        1,
                        10,
                        silent("undo charge"),
                        null));
        assertThat(result.undone()).containsExactly(undone("reserve", Action.COMPLETED));
        assertThat(world.standing()).containsExactly("charge");
        assertThat(world.attempts())
                .containsSequence(IntStream.rangeClosed(1, 10)
                        .mapToObj(i -> "undo charge#" + i)
                        .toList());
    }

    @Test
    void an_undo_that_holds_earlier_ones_leaves_them_standing_when_it_fails() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .step(
                        CHARGE,
                        world.does("charge"),
                        world.undoes(undoing().retry(Retries.none()).holdsEarlier(), "charge"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .step(StepKey.of("notify", String.class), world.does("notify"), world.undoes("notify"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("notify", Fault.REJECTS);
        world.plan("undo charge", Fault.FAILS);
        start(saga);

        SagaResult.Stuck<String> result = stuck(saga);
        assertThat(states(result.effects())).containsExactly("ship UNDONE", "charge NOT_UNDONE", "reserve HELD");
        assertThat(states(result.open())).containsExactly("charge NOT_UNDONE", "reserve HELD");
        EffectReport held = result.open().get(1);
        assertThat(held.actionKey()).isEqualTo(actionKey("reserve"));
        assertThat(held.undoKey()).isEqualTo(undoKey("reserve"));
        assertThat(held.undoAttempts()).isZero();
        assertThat(world.standing()).containsExactly("reserve", "charge");
        assertThat(world.attempts()).doesNotContain("undo reserve#1");
    }

    @Test
    void an_undo_that_holds_earlier_ones_and_succeeds_holds_nothing() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .step(CHARGE, world.does("charge"), world.undoes(undoing().holdsEarlier(), "charge"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.REJECTS);
        world.plan("undo charge", Fault.FAILS);
        start(saga);
        engine.advance(Duration.ofSeconds(1));

        assertThat(states(compensated(saga).effects())).containsExactly("charge UNDONE", "reserve UNDONE");
        assertThat(world.standing()).isEmpty();
    }

    @Test
    void an_undo_that_takes_too_long_is_interrupted_and_repeated() {
        CountDownLatch never = new CountDownLatch(1);
        Saga<String, String> saga = saga().step(
                        RESERVE,
                        world.does("reserve"),
                        undo(
                                undoing().retry(Retries.every(TEN_SECONDS, 2)).timeout(Duration.ofMillis(20)),
                                (s, effect) -> {
                                    if (s.attempt() == 1) {
                                        never.await();
                                    }
                                    world.undo("reserve", s, effect);
                                }))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.REJECTS);
        start(saga);
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);

        assertThat(compensated(saga).effects().get(0).undoAttempts()).isEqualTo(2);
        assertThat(world.standing()).isEmpty();
    }

    @Test
    void every_undo_that_fails_is_listed() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), once("reserve"))
                .step(CHARGE, world.does("charge"), once("charge"))
                .step(SHIP, world.does("ship"), once("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.FAILS_AFTER_EFFECT);
        world.plan("undo ship", Fault.FAILS);
        world.plan("undo charge", Fault.ERRS);
        world.plan("undo reserve", Fault.FAILS);
        start(saga);

        SagaResult.Stuck<String> result = stuck(saga);
        assertThat(states(result.open())).containsExactly("ship NOT_UNDONE", "charge NOT_UNDONE", "reserve NOT_UNDONE");
        assertThat(result.open())
                .extracting(EffectReport::action)
                .containsExactly(Action.UNKNOWN, Action.COMPLETED, Action.COMPLETED);
        assertThat(result.open())
                .extracting(EffectReport::actionKey)
                .containsExactly(actionKey("ship"), actionKey("charge"), actionKey("reserve"));
        assertThat(world.standing()).containsExactly("reserve", "charge", "ship");
    }

    private Undo<Scope<String>, String> once(String name) {
        return world.undoes(undoing().retry(Retries.none()), name);
    }

    private EffectReport undone(String path, Action action) {
        return new EffectReport(path, action, State.UNDONE, actionKey(path), undoKey(path), 1, 1, null, null);
    }
}
