package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Polling;
import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.result.Cause;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Looking again and again: one operation, however often. */
abstract class PollContract extends SubjectContract {
    private static final StepKey<String> PARCEL = StepKey.of("parcel", String.class);
    private static final Polling THREE_LOOKS = Polling.every(TEN_SECONDS, 3);

    @Test
    void a_poll_looks_until_there_is_something_and_is_one_operation() {
        Saga<String, String> saga = looking(3);
        start(saga);
        assertWaiting(saga);
        assertThat(world.attempts()).containsExactly("reserve#1", "parcel#1");
        engine.advance(Duration.ofSeconds(9));
        assertThat(world.looks("parcel")).isEqualTo(1);
        engine.advance(Duration.ofSeconds(1));
        assertThat(world.looks("parcel")).isEqualTo(2);
        assertThat(operations()).containsExactly("ACTION reserve COMPLETED", "POLL parcel PENDING");
        engine.advance(TEN_SECONDS);

        assertThat(completed(saga)).isEqualTo("found parcel");
        assertThat(world.attempts()).containsExactly("reserve#1", "parcel#1", "parcel#2", "parcel#3", "ship#1");
        assertThat(operations())
                .containsExactly("ACTION reserve COMPLETED", "POLL parcel COMPLETED", "ACTION ship COMPLETED");
    }

    @Test
    void looks_that_run_out_unwind() {
        Saga<String, String> saga = looking(4);
        start(saga);
        engine.advance(TEN_SECONDS);
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause().path()).isEqualTo("parcel");
        assertThat(result.cause().failure().type()).isEqualTo("ran out of looks");
        assertThat(result.cause().failure().message()).isEqualTo("looked 3 times and found nothing");
        assertThat(result.cause().failure().kind()).isEqualTo(Failure.Kind.REJECTED);
        assertThat(states(result.effects())).containsExactly("reserve UNDONE");
        assertThat(world.looks("parcel")).isEqualTo(3);
        assertThat(operations())
                .containsExactly("ACTION reserve COMPLETED", "POLL parcel FAILED", "UNDO undo:reserve COMPLETED");
    }

    @Test
    void looks_that_run_out_yield_the_value_where_there_is_one() {
        Saga<String, String> saga = saga().poll(PARCEL, THREE_LOOKS.orElse("lost"), world.finds("parcel", 4))
                .returning(String.class, s -> s.result(PARCEL));
        start(saga);
        engine.advance(TEN_SECONDS);
        engine.advance(TEN_SECONDS);

        assertThat(completed(saga)).isEqualTo("lost");
    }

    @Test
    void a_look_that_throws_is_a_look_like_any_other() {
        Saga<String, String> saga = looking(1);
        world.plan("parcel", Fault.FAILS, Fault.ERRS);
        start(saga);
        engine.advance(TEN_SECONDS);
        engine.advance(TEN_SECONDS);

        assertThat(completed(saga)).isEqualTo("found parcel");
        assertThat(world.looks("parcel")).isEqualTo(3);
    }

    @Test
    void looks_that_only_throw_run_out() {
        Saga<String, String> saga = looking(1);
        world.always("parcel", Fault.FAILS);
        start(saga);
        engine.advance(TEN_SECONDS);
        engine.advance(TEN_SECONDS);

        assertThat(compensated(saga).cause().failure().type()).isEqualTo("ran out of looks");
        assertThat(world.looks("parcel")).isEqualTo(3);
    }

    @Test
    void a_look_that_says_there_will_be_nothing_ends_the_poll() {
        Saga<String, String> saga = looking(3);
        world.plan("parcel", Fault.NONE, Fault.REJECTS);
        start(saga);
        engine.advance(TEN_SECONDS);

        assertThat(compensated(saga).cause()).isEqualTo(new Cause("parcel", says("parcel")));
        assertThat(world.effects()).containsExactly("reserve", "undo reserve");
    }

    @Test
    void a_value_is_for_looks_that_run_out_and_not_for_one_that_says_no() {
        Saga<String, String> saga = saga().poll(PARCEL, THREE_LOOKS.orElse("lost"), world.finds("parcel", 4))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(PARCEL));
        world.plan("parcel", Fault.REJECTS);
        start(saga);

        assertThat(compensated(saga).cause()).isEqualTo(new Cause("parcel", says("parcel")));
        assertThat(world.effects()).isEmpty();
    }

    @Test
    void looks_are_counted_and_their_interval_kept_across_a_crash() {
        Saga<String, String> saga = looking(4);
        start(saga);
        engine.advance(Duration.ofSeconds(4));
        restart();
        assertThat(world.looks("parcel")).isEqualTo(1);
        engine.advance(Duration.ofSeconds(6));
        assertThat(world.looks("parcel")).isEqualTo(2);
        restart();
        engine.advance(TEN_SECONDS);

        assertThat(compensated(saga).cause().failure().type()).isEqualTo("ran out of looks");
        assertThat(world.looks("parcel")).isEqualTo(3);
    }

    @Test
    void a_look_that_a_crash_cut_short_is_made_again() {
        Saga<String, String> saga = looking(1);
        world.plan("parcel", Fault.DIES);
        start(saga);
        reopen();

        assertThat(completed(saga)).isEqualTo("found parcel");
        assertThat(world.effects()).containsExactly("reserve", "ship");
    }

    private Saga<String, String> looking(int foundAtLook) {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .poll(PARCEL, THREE_LOOKS, world.finds("parcel", foundAtLook))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(PARCEL));
    }
}
