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
import io.durablesaga.StepOptions;
import io.durablesaga.Undo;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.EffectReport.Action;
import io.durablesaga.result.EffectReport.State;
import io.durablesaga.result.SagaResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Going back: which undos run, in which order, with what in hand. */
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
        assertThat(result.cause().failure().type()).isEqualTo(Fault.Unavailable.class.getName());
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
                                        throw new Fault.Unavailable("look-up");
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
