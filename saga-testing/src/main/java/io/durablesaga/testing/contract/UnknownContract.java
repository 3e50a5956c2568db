package io.durablesaga.testing.contract;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.undo;
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
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What fails without saying that there is surely no effect: unknown, and undone. */
abstract class UnknownContract extends SubjectContract {
    private static final StepKey<Object> ODD = StepKey.of("odd", Object.class);
    private static final StepKey<Narrow> NARROW = StepKey.of("odd", Narrow.class);
    private static final StepOptions THREE_TIMES = with().retry(Retries.every(TEN_SECONDS, 3));

    /** Cannot be written. */
    record Unwritable(String name) {
        @SuppressWarnings("unused") // what Jackson calls
        public String getPlain() {
            if (!name.isEmpty()) {
                throw new IllegalStateException("not for the record");
            }
            return name;
        }
    }

    /** Can be written and not be read back. */
    static final class Narrow {
        private final String text;

        private Narrow(String text, int more) {
            this.text = text + more;
        }

        @SuppressWarnings("unused") // what Jackson calls
        public String getText() {
            return text;
        }
    }

    /** Can neither be written nor rebuilt from its message. */
    static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Thread thread;

        Unspeakable(Thread thread, int code) {
            super("code " + code);
            this.thread = thread;
        }

        @SuppressWarnings("unused") // what a serialiser calls
        public Thread getThread() {
            if (thread.isAlive()) {
                throw new IllegalStateException("not for the record");
            }
            return thread;
        }
    }

    @Test
    void a_step_that_fails_is_undone_whether_its_effect_happened_or_not() {
        for (Fault fault : List.of(Fault.FAILS, Fault.FAILS_AFTER_EFFECT)) {
            inNewWorld(() -> assertUndone(fault));
        }
    }

    @Test
    void an_error_thrown_by_a_body_is_a_failure_like_any_other() {
        Saga<String, String> saga = order();
        world.plan("charge", Fault.ERRS);
        start(saga);

        assertThat(compensated(saga).cause())
                .isEqualTo(new Cause("charge", Failure.unknown(AssertionError.class.getName(), "charge is broken")));
        assertThat(world.effects()).containsExactly("reserve", "undo charge", "undo reserve");
    }

    @Test
    void any_exception_can_be_recorded_with_its_type_and_its_message() {
        assertCause(Failure.unknown(Unspeakable.class.getName(), "code 7"), s -> {
            throw new Unspeakable(Thread.currentThread(), 7);
        });
        assertCause(Failure.unknown(IllegalStateException.class.getName(), ""), s -> {
            throw new IllegalStateException();
        });
        String longest = "x".repeat(Failure.LONGEST_MESSAGE);
        assertCause(Failure.unknown(IllegalStateException.class.getName(), longest + "y"), s -> {
            throw new IllegalStateException(longest + "y".repeat(100_000));
        });
        assertCause(Failure.unknown(StackOverflowError.class.getName(), ""), s -> recurse(1));
    }

    @Test
    void a_rejection_after_a_failed_attempt_is_unknown() {
        Saga<String, String> saga = order(THREE_TIMES);
        world.plan("charge", Fault.FAILS_AFTER_EFFECT, Fault.REJECTS);
        start(saga);
        engine.advance(TEN_SECONDS);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause()).isEqualTo(new Cause("charge", says("charge").asUnknown()));
        assertThat(states(result.effects())).containsExactly("charge UNDONE", "reserve UNDONE");
        assertThat(world.effects()).containsExactly("reserve", "charge", "undo charge", "undo reserve");
        assertThat(world.handed("charge")).containsExactly(Optional.empty());
    }

    @Test
    void a_rejection_after_a_failed_attempt_is_clean_where_the_provider_repeats_its_first_answer() {
        Saga<String, String> saga = order(THREE_TIMES.providerReplays());
        world.plan("charge", Fault.FAILS, Fault.REJECTS);
        start(saga);
        engine.advance(TEN_SECONDS);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause()).isEqualTo(new Cause("charge", says("charge")));
        assertThat(states(result.effects())).containsExactly("reserve UNDONE");
        assertThat(world.effects()).containsExactly("reserve", "undo reserve");
    }

    @Test
    void a_result_that_cannot_be_written_is_unknown_and_its_step_not_repeated() {
        assertNotStorable(s -> new Unwritable(world.act("odd", s)), ODD, THREE_TIMES);
    }

    @Test
    void a_result_that_cannot_be_read_back_is_unknown_and_its_step_not_repeated() {
        assertNotStorable(s -> new Narrow(world.act("odd", s), 1), NARROW, THREE_TIMES);
    }

    @Test
    void a_result_that_just_fits_is_stored() {
        Saga<String, String> saga = order(with().resultAtMost("\"did charge\"".length()));
        start(saga);

        assertThat(completed(saga)).isEqualTo("did reserve, did charge, did ship");
    }

    @Test
    void a_result_that_is_too_large_is_unknown_and_its_step_not_repeated() {
        assertNotStorable(s -> world.act("odd", s) + "x".repeat(100), ODD, THREE_TIMES.resultAtMost(100));
    }

    private void assertUndone(Fault fault) {
        Saga<String, String> saga = order();
        world.plan("charge", fault);
        start(saga);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause()).isEqualTo(new Cause("charge", silent("charge")));
        assertThat(result.effects().get(0))
                .isEqualTo(new EffectReport(
                        "charge",
                        EffectReport.Action.UNKNOWN,
                        State.UNDONE,
                        actionKey("charge"),
                        undoKey("charge"),
                        1,
                        1,
                        silent("charge"),
                        null));
        assertThat(world.handed("charge")).containsExactly(Optional.empty());
        assertThat(world.attempts()).containsExactly("reserve#1", "charge#1", "undo charge#1", "undo reserve#1");
        assertThat(world.standing()).isEmpty();
        assertThat(operations())
                .containsExactly(
                        "ACTION reserve COMPLETED",
                        "ACTION charge FAILED",
                        "UNDO undo:charge COMPLETED",
                        "UNDO undo:reserve COMPLETED");
    }

    private <R> void assertNotStorable(Action<Scope<String>, R> body, StepKey<R> key, StepOptions options) {
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .step(key, options, body, undo((s, effect) -> world.undo("odd", s, effect)))
                .returning(String.class, s -> s.result(RESERVE));
        start(saga);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause().path()).isEqualTo("odd");
        assertThat(result.cause().failure().kind()).isEqualTo(Failure.Kind.UNKNOWN);
        assertThat(result.cause().failure().message()).contains("step 'odd'");
        assertThat(states(result.effects())).containsExactly("odd UNDONE", "reserve UNDONE");
        assertThat(world.handed("odd")).containsExactly(Optional.empty());
        assertThat(world.attempts()).containsExactly("reserve#1", "odd#1", "undo odd#1", "undo reserve#1");
        assertThat(operations()).startsWith("ACTION reserve COMPLETED", "ACTION odd FAILED");
    }

    private void assertCause(Failure failure, Action<Scope<String>, Object> body) {
        inNewWorld(() -> {
            Saga<String, String> saga = saga().step(ODD, body, undo((s, effect) -> world.undo("odd", s, effect)))
                    .returning(String.class, s -> s.input());
            start(saga);

            assertThat(compensated(saga).cause()).isEqualTo(new Cause("odd", failure));
            assertThat(world.effects()).containsExactly("undo odd");
        });
    }

    private static int recurse(int depth) {
        return depth == 0 ? 0 : 1 + recurse(depth + 1);
    }
}
