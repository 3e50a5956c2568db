package io.durablesaga.testing.contract;

import static io.durablesaga.Undo.irreversible;
import static io.durablesaga.Undo.nothingToUndo;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.Undo.undoFinding;
import static io.durablesaga.UndoOptions.undoing;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.Undo;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.EffectReport.Action;
import io.durablesaga.result.EffectReport.State;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Going back: which undos run, in which order, with what in hand, and what is reported. */
abstract class UnwindContract extends SubjectContract {

    @Test
    void a_rejected_step_is_not_undone_and_what_completed_is_in_reverse_order() {
        Saga<String, String> saga = order();
        world.plan("ship", Fault.REJECTS);
        start(saga);

        assertThat(compensated(saga))
                .isEqualTo(new SagaResult.Compensated<>(
                        "order",
                        new Cause("ship", says("ship")),
                        List.of(undone("charge", Action.COMPLETED), undone("reserve", Action.COMPLETED))));
        assertThat(world.effects()).containsExactly("reserve", "charge", "undo charge", "undo reserve");
        assertThat(operations())
                .containsExactly(
                        "ACTION reserve COMPLETED",
                        "ACTION charge COMPLETED",
                        "ACTION ship FAILED",
                        "UNDO undo:charge COMPLETED",
                        "UNDO undo:reserve COMPLETED");
    }

    @Test
    void a_rejected_first_step_leaves_nothing_to_undo() {
        Saga<String, String> saga = order();
        world.plan("reserve", Fault.REJECTS);
        start(saga);

        assertThat(compensated(saga))
                .isEqualTo(new SagaResult.Compensated<>("order", new Cause("reserve", says("reserve")), List.of()));
        assertThat(world.effects()).isEmpty();
        assertThat(operations()).containsExactly("ACTION reserve FAILED");
    }

    @Test
    void an_exception_type_that_the_step_declares_is_a_rejection_subtypes_included() {
        Saga<String, String> saga = order(StepOptions.with().rejectedBy(Exception.class));
        world.plan("charge", Fault.FAILS);
        start(saga);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause().path()).isEqualTo("charge");
        assertThat(result.cause().failure().rejected()).isTrue();
        assertThat(result.cause().failure().type()).isEqualTo(World.Unavailable.class.getName());
        assertThat(states(result.effects())).containsExactly("reserve UNDONE");
        assertThat(world.effects()).containsExactly("reserve", "undo reserve");
    }

    @Test
    void an_undo_is_told_the_key_and_the_result_of_its_action_and_has_a_key_of_its_own() {
        Saga<String, String> saga = order();
        world.plan("charge", Fault.REJECTS);
        start(saga);

        compensated(saga);
        assertThat(world.handed("reserve")).containsExactly(Optional.of("did reserve"));
        assertThat(world.key(NAME, "undo reserve"))
                .isEqualTo(undoKey("reserve"))
                .isNotEqualTo(actionKey("reserve"));
    }

    @Test
    void an_undo_sees_what_had_completed_before() {
        List<String> seen = new ArrayList<>();
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .step(CHARGE, world.does("charge"), undo((s, effect) -> {
                    seen.add(s.input() + ", " + s.result(RESERVE) + ", "
                            + s.find(SHIP).isPresent());
                    world.undo("charge", s, effect);
                }))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.REJECTS);
        start(saga);

        compensated(saga);
        assertThat(seen).containsExactly("books, did reserve, false");
    }

    @Test
    void what_has_no_undo_is_reported_with_the_reason() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), nothingToUndo("it lapses by itself"))
                .step(CHARGE, world.does("charge"), irreversible("cash is gone"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.REJECTS);
        start(saga);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.effects())
                .containsExactly(
                        report("charge", Action.COMPLETED, State.IRREVERSIBLE, "cash is gone"),
                        report("reserve", Action.COMPLETED, State.NOTHING_TO_UNDO, "it lapses by itself"));
        assertThat(result.irreversible()).extracting(EffectReport::path).containsExactly("charge");
        assertThat(world.effects()).containsExactly("reserve", "charge");
        assertThat(operations())
                .containsExactly("ACTION reserve COMPLETED", "ACTION charge COMPLETED", "ACTION ship FAILED");
    }

    @Test
    void a_finding_looks_up_what_is_unknown_and_nothing_else() {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), finding("reserve"))
                .step(CHARGE, world.does("charge"), finding("charge"))
                .returning(String.class, s -> s.result(CHARGE));
        world.plan("charge", Fault.FAILS_AFTER_EFFECT);
        start(saga);

        compensated(saga);
        assertThat(world.attempts())
                .containsExactly("reserve#1", "charge#1", "find", "undo charge#1", "undo reserve#1");
        assertThat(world.handed("charge")).containsExactly(Optional.of("did charge"));
        assertThat(world.handed("reserve")).containsExactly(Optional.of("did reserve"));
    }

    @Test
    void an_undo_runs_with_an_empty_effect_where_the_finding_finds_nothing() {
        Saga<String, String> saga = saga().step(CHARGE, world.does("charge"), finding("charge"))
                .returning(String.class, s -> s.result(CHARGE));
        world.plan("charge", Fault.FAILS);
        start(saga);

        assertThat(states(compensated(saga).effects())).containsExactly("charge UNDONE");
        assertThat(world.attempts()).containsExactly("charge#1", "find", "undo charge#1");
        assertThat(world.handed("charge")).containsExactly(Optional.empty());
    }

    @Test
    void a_finding_that_throws_fails_the_attempt_of_the_undo() {
        List<String> looked = new ArrayList<>();
        Saga<String, String> saga = saga().step(
                        CHARGE,
                        world.does("charge"),
                        undoFinding(
                                undoing().retry(Retries.every(TEN_SECONDS, 2)),
                                (s, key) -> {
                                    looked.add(key);
                                    if (looked.size() == 1) {
                                        throw new World.Unavailable("look-up");
                                    }
                                    return world.find(key);
                                },
                                (s, effect) -> world.undo("charge", s, effect)))
                .returning(String.class, s -> s.result(CHARGE));
        world.plan("charge", Fault.FAILS_AFTER_EFFECT);
        start(saga);
        assertWaiting(saga);
        assertThat(world.effects()).containsExactly("charge");

        engine.advance(TEN_SECONDS);
        assertThat(compensated(saga).effects())
                .containsExactly(new EffectReport(
                        "charge",
                        Action.UNKNOWN,
                        State.UNDONE,
                        actionKey("charge"),
                        undoKey("charge"),
                        1,
                        2,
                        silent("charge"),
                        null));
        assertThat(looked).containsOnly(actionKey("charge")).hasSize(2);
        assertThat(world.handed("charge")).containsExactly(Optional.of("did charge"));
    }

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

    private Undo<Scope<String>, String> finding(String name) {
        return undoFinding((s, key) -> world.find(key), (s, effect) -> world.undo(name, s, effect));
    }

    private EffectReport undone(String path, Action action) {
        return new EffectReport(path, action, State.UNDONE, actionKey(path), undoKey(path), 1, 1, null, null);
    }

    private EffectReport report(String path, Action action, State state, String reason) {
        return new EffectReport(path, action, state, actionKey(path), undoKey(path), 1, 0, null, reason);
    }
}
