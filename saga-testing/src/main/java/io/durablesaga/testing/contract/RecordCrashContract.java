package io.durablesaga.testing.contract;

import static io.durablesaga.Retries.every;
import static io.durablesaga.StepOptions.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Polling;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * Any durable write of a saga on one line of control breaks: before it or after it, with the process or without. It ends as if
 * nothing had happened.
 */
abstract class RecordCrashContract extends StoryContract {
    private static final StepKey<String> CLOCK = StepKey.of("clock", String.class);
    private static final StepKey<String> PARCEL = StepKey.of("parcel", String.class);
    private static final StepKey<String> INNER = StepKey.of("inner", String.class);

    @Test
    void a_chain_completes_whichever_two_writes_break() {
        breakEachTwoWrites(Story.of(this::pair));
    }

    @Test
    void a_chain_is_undone_whichever_two_writes_break() {
        breakEachTwoWrites(Story.of(() -> {
            world.always("charge", Fault.FAILS_AFTER_EFFECT);
            return pair();
        }));
    }

    @Test
    void a_longer_chain_is_undone_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> {
            world.always("ship", Fault.FAILS_AFTER_EFFECT);
            return order();
        }));
    }

    /** On its second attempt it is unknown whether a rejecting step has had its effect: then it is undone too. */
    @Test
    void a_rejection_is_one_or_in_doubt_whichever_two_writes_break() {
        breakEachTwoWrites(Story.of(() -> {
                    world.always("charge", Fault.REJECTS);
                    return pair();
                })
                .doubting("charge"));
    }

    @Test
    void a_rejection_is_one_where_the_provider_repeats_its_answer_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> {
            world.always("charge", Fault.REJECTS);
            return order(with().providerReplays());
        }));
    }

    @Test
    void a_step_is_retried_and_completes_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> {
            world.plan("charge", Fault.FAILS, Fault.FAILS_AFTER_EFFECT);
            return charge(with().retry(every(TEN_SECONDS, 4)));
        }));
    }

    @Test
    void a_step_whose_retries_are_spent_is_undone_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> {
            world.always("charge", Fault.FAILS_AFTER_EFFECT);
            return order(with().retry(every(TEN_SECONDS, 3)));
        }));
    }

    @Test
    void a_step_that_takes_too_long_is_undone_whichever_write_breaks() {
        CountDownLatch never = new CountDownLatch(1);
        breakEachWrite(Story.of(() -> saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .step(
                        CHARGE,
                        with().timeout(Duration.ofMillis(3)),
                        s -> {
                            String done = world.act("charge", s);
                            never.await();
                            return done;
                        },
                        world.undoes("charge"))
                .returning(String.class, s -> s.result(CHARGE))));
    }

    @Test
    void a_pause_ends_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .sleep("nap", TEN_SECONDS)
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP))));
    }

    @Test
    void a_poll_finds_what_there_is_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> looking(3)));
    }

    @Test
    void a_poll_that_finds_nothing_unwinds_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> looking(100)));
    }

    @Test
    void a_captured_value_and_the_branch_taken_stay_whichever_write_breaks() {
        for (String taken : new String[] {"left", "right"}) {
            breakEachWrite(Story.of(() -> capturing(taken)));
        }
    }

    @Test
    void a_nested_saga_is_undone_with_its_parent_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> {
            Saga<String, String> inner = SagaBuilder.saga("inner", String.class)
                    .step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                    .sleep("nap", TEN_SECONDS)
                    .step(CHARGE, world.does("charge"), world.undoes("charge"))
                    .returning(String.class, s -> s.result(CHARGE));
            world.always("ship", Fault.FAILS);
            return saga().step(CLOCK, world.does("clock"), world.undoes("clock"))
                    .saga(INNER, inner, s -> s.input())
                    .step(SHIP, world.does("ship"), world.undoes("ship"))
                    .returning(String.class, s -> s.result(INNER));
        }));
    }

    @Test
    void a_condition_that_throws_unwinds_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .when(
                        "costly",
                        s -> s.result(SHIP).isEmpty(),
                        costly -> costly.step(CHARGE, world.does("charge"), world.undoes("charge")))
                .returning(String.class, s -> s.input())));
    }

    @Test
    void a_result_that_throws_is_stuck_whichever_write_breaks() {
        breakEachWrite(Story.of(() -> saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .returning(String.class, s -> s.result(SHIP))));
    }

    @Test
    void an_input_that_is_refused_ends_at_once_whichever_two_writes_break() {
        breakEachTwoWrites(
                Story.of(() -> saga().validate(input -> assertThat(input).isEmpty())
                        .step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                        .returning(String.class, s -> s.result(RESERVE))));
    }

    private Saga<String, String> pair() {
        return charge(StepOptions.DEFAULT);
    }

    private Saga<String, String> charge(StepOptions charging) {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .step(CHARGE, charging, world.does("charge"), world.undoes("charge"))
                .returning(String.class, s -> s.result(RESERVE) + ", " + s.result(CHARGE));
    }

    private Saga<String, String> looking(int foundAtLook) {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .poll(PARCEL, Polling.every(TEN_SECONDS, 3), world.finds("parcel", foundAtLook))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(PARCEL));
    }

    private Saga<String, String> capturing(String taken) {
        StepKey<String> left = StepKey.of("left", String.class);
        StepKey<String> right = StepKey.of("right", String.class);
        world.always("ship", Fault.FAILS);
        return saga().capture(CLOCK, world.reads("clock"))
                .when(
                        "either",
                        s -> s.result(CLOCK).equals("read clock") && taken.equals("left"),
                        then -> then.step(left, world.does("left"), world.undoes("left")),
                        otherwise -> otherwise.step(right, world.does("right"), world.undoes("right")))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
    }
}
