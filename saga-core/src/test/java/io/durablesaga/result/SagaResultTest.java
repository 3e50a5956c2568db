package io.durablesaga.result;

import static io.durablesaga.result.EffectReport.State.HELD;
import static io.durablesaga.result.EffectReport.State.IRREVERSIBLE;
import static io.durablesaga.result.EffectReport.State.NOTHING_TO_UNDO;
import static io.durablesaga.result.EffectReport.State.NOT_DONE;
import static io.durablesaga.result.EffectReport.State.NOT_UNDONE;
import static io.durablesaga.result.EffectReport.State.RESOLVED;
import static io.durablesaga.result.EffectReport.State.SKIPPED;
import static io.durablesaga.result.EffectReport.State.STANDING;
import static io.durablesaga.result.EffectReport.State.UNDONE;
import static io.durablesaga.result.Results.CAUSE;
import static io.durablesaga.result.Results.effect;
import static io.durablesaga.result.Results.effects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.result.EffectReport.Action;
import io.durablesaga.result.SagaResult.Compensated;
import io.durablesaga.result.SagaResult.Completed;
import io.durablesaga.result.SagaResult.Stuck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a result claims, and what it must not. */
class SagaResultTest {

    @Test
    void what_nobody_has_to_look_at_is_closed() {
        assertThat(Stream.of(EffectReport.State.values()).filter(state -> !state.open()))
                .containsExactlyInAnyOrder(UNDONE, RESOLVED, NOTHING_TO_UNDO, IRREVERSIBLE);
        assertThat(Stream.of(EffectReport.State.values()).filter(EffectReport.State::open))
                .containsExactlyInAnyOrder(NOT_UNDONE, HELD, SKIPPED, STANDING, NOT_DONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_UNDONE", "HELD", "SKIPPED", "STANDING", "NOT_DONE"})
    void a_compensated_saga_leaves_nothing_open(EffectReport.State state) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Compensated<>("buy", CAUSE, List.of(effect(UNDONE), effect(state))))
                .withMessageContaining("a compensated saga has no open effects")
                .withMessageContaining(state.name());
    }

    @Test
    void a_compensated_saga_lists_what_stays() {
        Compensated<String> result = new Compensated<>("buy", CAUSE, effects(false));

        assertThat(result.effects()).hasSize(4);
        assertThat(result.irreversible()).containsExactly(effect(IRREVERSIBLE));
    }

    @Test
    void a_stuck_saga_tells_what_is_open_from_what_is_undone() {
        List<EffectReport> all = new ArrayList<>(effects(true));
        all.addAll(effects(false));

        Stuck<String> result = new Stuck<>("buy", CAUSE, all);

        assertThat(result.open()).isEqualTo(effects(true));
        assertThat(result.undone()).isEqualTo(effects(false));
    }

    @Test
    void a_result_is_not_changed_from_outside() {
        List<EffectReport> effects = new ArrayList<>(List.of(effect(UNDONE)));
        Compensated<String> compensated = new Compensated<>("buy", CAUSE, effects);
        Stuck<String> stuck = new Stuck<>("buy", CAUSE, effects);

        effects.add(effect(HELD));

        assertThat(compensated.effects()).hasSize(1);
        assertThat(stuck.effects()).hasSize(1);
        assertThatThrownBy(() -> stuck.effects().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void where_an_execution_stands_is_not_changed_from_outside() {
        SagaStatus.ParkedDecision decision = new SagaStatus.ParkedDecision("charge", "id", Instant.EPOCH);
        List<SagaStatus.ParkedDecision> decisions = new ArrayList<>(List.of(decision));
        SagaStatus.Parked<String> parked = new SagaStatus.Parked<>(decisions);

        decisions.clear();

        assertThat(parked.decisions()).containsExactly(decision);
    }

    @Test
    void an_end_and_a_halt_say_what_happened() {
        Completed<String> completed = new Completed<>("buy", "done");

        assertThat(new SagaStatus.Ended<>(completed).result()).isEqualTo(completed);
        assertThat(new SagaStatus.Halted<String>("reserve is not charge").reason())
                .isEqualTo("reserve is not charge");
        assertThat(new SagaStatus.Dead<String>("stopped by hand").reason()).isEqualTo("stopped by hand");
    }

    @Test
    void what_is_required_is_named_when_it_is_missing() {
        missing("saga", () -> new Completed<>(null, "value"));
        missing("saga", () -> new Compensated<>(null, CAUSE, List.of()));
        missing("cause", () -> new Compensated<>("buy", null, List.of()));
        missing("saga", () -> new Stuck<>(null, CAUSE, List.of()));
        missing("cause", () -> new Stuck<>("buy", null, List.of()));
        missing("path", () -> new EffectReport(null, Action.UNKNOWN, UNDONE, "", "", 0, 0, null, null));
        missing("action", () -> new EffectReport("", null, UNDONE, "", "", 0, 0, null, null));
        missing("state", () -> new EffectReport("", Action.UNKNOWN, null, "", "", 0, 0, null, null));
        missing("actionKey", () -> new EffectReport("", Action.UNKNOWN, UNDONE, null, "", 0, 0, null, null));
        missing("undoKey", () -> new EffectReport("", Action.UNKNOWN, UNDONE, "", null, 0, 0, null, null));
        missing("reason", () -> new SagaStatus.Halted<>(null));
        missing("reason", () -> new SagaStatus.Dead<>(null));
        missing("result", () -> new SagaStatus.Ended<>(null));
        missing("path", () -> new SagaStatus.ParkedDecision(null, "id", Instant.EPOCH));
        missing("id", () -> new SagaStatus.ParkedDecision("charge", null, Instant.EPOCH));
        missing("until", () -> new SagaStatus.ParkedDecision("charge", "id", null));
    }

    private static void missing(String parameter, ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call).withMessage(parameter);
    }
}
