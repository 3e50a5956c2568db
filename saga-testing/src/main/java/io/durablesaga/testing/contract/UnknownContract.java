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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What fails without saying that there is no effect: retried if asked to, then unknown, and undone. */
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
    void a_failing_step_is_not_repeated_unless_it_asks() {
        Saga<String, String> saga = order();
        world.plan("reserve", Fault.FAILS);
        start(saga);

        compensated(saga);
        assertThat(world.attempts()).containsExactly("reserve#1", "undo reserve#1");
    }

    @Test
    void retries_wait_as_asked_and_keep_the_key() {
        Saga<String, String> saga = order(with().retry(Retries.exponential(Duration.ofSeconds(10), 4)));
        world.plan("charge", Fault.FAILS, Fault.FAILS_AFTER_EFFECT, Fault.FAILS);
        world.plan("ship", Fault.REJECTS);
        start(saga);
        for (int seconds : new int[] {10, 20, 40}) {
            assertWaiting(saga);
            int before = world.attempts().size();
            engine.advance(Duration.ofSeconds(seconds - 1L));
            assertThat(world.attempts()).hasSize(before);
            engine.advance(Duration.ofSeconds(1));
            assertThat(world.attempts()).hasSizeGreaterThan(before);
        }

        EffectReport charge = compensated(saga).effects().get(0);
        assertThat(charge.path()).isEqualTo("charge");
        assertThat(charge.action()).isEqualTo(EffectReport.Action.COMPLETED);
        assertThat(charge.actionAttempts()).isEqualTo(4);
        assertThat(world.attempts()).startsWith("reserve#1", "charge#1", "charge#2", "charge#3", "charge#4", "ship#1");
        assertThat(world.effects()).containsExactly("reserve", "charge", "undo charge", "undo reserve");
        assertThat(operations()).hasSize(5).contains("ACTION charge COMPLETED");
    }

    @Test
    void a_step_whose_retries_are_spent_is_unknown_with_its_last_error() {
        Saga<String, String> saga = order(THREE_TIMES);
        world.plan("charge", Fault.FAILS, Fault.FAILS, Fault.ERRS);
        start(saga);
        engine.advance(TEN_SECONDS);
        engine.advance(TEN_SECONDS);

        SagaResult.Compensated<String> result = compensated(saga);
        Failure last = Failure.unknown(AssertionError.class.getName(), "charge is broken");
        assertThat(result.cause()).isEqualTo(new Cause("charge", last));
        assertThat(result.effects().get(0).actionAttempts()).isEqualTo(3);
        assertThat(result.effects().get(0).lastError()).isEqualTo(last);
        assertThat(operations()).startsWith("ACTION reserve COMPLETED", "ACTION charge FAILED");
    }

    @Test
    void a_rejection_is_not_repeated() {
        Saga<String, String> saga = order(THREE_TIMES);
        world.plan("charge", Fault.REJECTS);
        start(saga);

        assertThat(compensated(saga).cause()).isEqualTo(new Cause("charge", says("charge")));
        assertThat(world.attempts()).containsExactly("reserve#1", "charge#1", "undo reserve#1");
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
    void a_result_that_is_too_large_is_unknown_and_its_step_not_repeated() {
        assertNotStorable(s -> world.act("odd", s) + "x".repeat(100), ODD, THREE_TIMES.resultAtMost(100));
    }

    @Test
    void an_attempt_that_takes_too_long_is_interrupted_and_unknown() {
        CountDownLatch never = new CountDownLatch(1);
        Saga<String, String> saga = saga().step(
                        CHARGE,
                        with().timeout(Duration.ofMillis(20)),
                        s -> {
                            world.act("charge", s);
                            never.await();
                            return "unreachable";
                        },
                        world.undoes("charge"))
                .returning(String.class, s -> s.result(CHARGE));
        start(saga);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause().failure().kind()).isEqualTo(Failure.Kind.UNKNOWN);
        assertThat(result.cause().failure().message()).contains("PT0.02S");
        assertThat(world.effects()).containsExactly("charge", "undo charge");
        assertThat(world.handed("charge")).containsExactly(Optional.empty());
    }

    @Test
    void an_attempt_that_takes_too_long_and_returns_all_the_same_has_completed() {
        Saga<String, String> saga = saga().step(
                        CHARGE,
                        with().timeout(Duration.ofMillis(20)),
                        s -> {
                            assertThat(interrupted()).isTrue();
                            return world.act("charge", s);
                        },
                        world.undoes("charge"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(CHARGE));
        start(saga);

        assertThat(completed(saga)).isEqualTo("did charge");
        assertThat(world.effects()).containsExactly("charge", "ship");
    }

    @Test
    void a_body_that_leaves_its_thread_interrupted_disturbs_nothing() {
        Saga<String, String> saga = saga().step(
                        RESERVE,
                        s -> {
                            Thread.currentThread().interrupt();
                            return world.act("reserve", s);
                        },
                        world.undoes("reserve"))
                .sleep("nap", TEN_SECONDS)
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
        start(saga);
        engine.advance(TEN_SECONDS);

        assertThat(completed(saga)).isEqualTo("did ship");
        assertThat(world.attempts()).containsExactly("reserve#1", "ship#1");
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

    private static boolean interrupted() {
        try {
            return new CountDownLatch(1).await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private static int recurse(int depth) {
        return depth == 0 ? 0 : 1 + recurse(depth + 1);
    }
}
