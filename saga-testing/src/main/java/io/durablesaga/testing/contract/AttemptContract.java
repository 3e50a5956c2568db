package io.durablesaga.testing.contract;

import static io.durablesaga.StepOptions.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Attempts: how many, how far apart, under which key, and for how long. */
abstract class AttemptContract extends SubjectContract {
    private static final StepOptions THREE_TIMES = with().retry(Retries.every(TEN_SECONDS, 3));

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
    void an_exception_of_a_type_that_the_step_does_not_declare_is_no_rejection() {
        Saga<String, String> saga = order(THREE_TIMES.rejectedBy(IllegalStateException.class));
        world.plan("charge", Fault.FAILS, Fault.NONE);
        start(saga);
        engine.advance(TEN_SECONDS);

        assertThat(completed(saga)).isEqualTo("did reserve, did charge, did ship");
        assertThat(world.looks("charge")).isEqualTo(2);
    }

    @Test
    void a_capture_is_repeated_as_asked_and_is_never_in_doubt() {
        Saga<String, String> saga = capturing();
        world.plan("id", Fault.FAILS, Fault.ERRS, Fault.FAILS);
        start(saga);
        engine.advance(TEN_SECONDS);
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);

        SagaResult.Compensated<String> result = compensated(saga);
        Failure failure = silent("id");
        assertThat(result.cause()).isEqualTo(new Cause("id", Failure.rejected(failure.type(), failure.message())));
        assertThat(states(result.effects())).containsExactly("reserve UNDONE");
        assertThat(world.attempts()).containsExactly("reserve#1", "id#1", "id#2", "id#3", "undo reserve#1");
        assertThat(operations())
                .containsExactly("ACTION reserve COMPLETED", "CAPTURE id FAILED", "UNDO undo:reserve COMPLETED");
    }

    @Test
    void a_capture_that_is_rejected_is_not_repeated() {
        Saga<String, String> saga = capturing();
        world.plan("id", Fault.FAILS, Fault.REJECTS);
        start(saga);
        engine.advance(TEN_SECONDS);

        assertThat(compensated(saga).cause()).isEqualTo(new Cause("id", says("id")));
        assertThat(world.looks("id")).isEqualTo(2);
    }

    @Test
    void a_rejection_that_comes_after_the_timeout_is_unknown() {
        CountDownLatch never = new CountDownLatch(1);
        Saga<String, String> saga = saga().step(
                        CHARGE,
                        with().timeout(Duration.ofMillis(20)).rejectedBy(InterruptedException.class),
                        s -> {
                            never.await();
                            return "unreachable";
                        },
                        world.undoes("charge"))
                .returning(String.class, s -> s.result(CHARGE));
        start(saga);

        assertThat(compensated(saga).cause().failure().kind()).isEqualTo(Failure.Kind.UNKNOWN);
        assertThat(world.effects()).containsExactly("undo charge");
    }

    @Test
    void an_attempt_that_took_too_long_is_repeated_as_any_other() {
        CountDownLatch never = new CountDownLatch(1);
        Saga<String, String> saga = saga().step(
                        CHARGE,
                        THREE_TIMES.timeout(Duration.ofMillis(20)),
                        s -> {
                            if (s.attempt() == 1) {
                                never.await();
                            }
                            return world.act("charge", s);
                        },
                        world.undoes("charge"))
                .returning(String.class, s -> s.result(CHARGE));
        start(saga);
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);

        assertThat(completed(saga)).isEqualTo("did charge");
        assertThat(world.attempts()).containsExactly("charge#2");
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

    private Saga<String, String> capturing() {
        StepKey<String> id = StepKey.of("id", String.class);
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .capture(id, THREE_TIMES, world.reads("id"))
                .returning(String.class, s -> s.result(id));
    }

    private static boolean interrupted() {
        try {
            return new CountDownLatch(1).await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
