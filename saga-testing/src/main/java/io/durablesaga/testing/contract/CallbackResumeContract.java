package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.Within;
import io.durablesaga.engine.CallbackAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The process dies around a callback: its id, its time and its answer outlive it. */
abstract class CallbackResumeContract extends SubjectContract {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final StepKey<String> ANSWER = StepKey.of("answer", String.class);

    @Test
    void a_callback_stays_open_under_its_id_across_a_crash() {
        Saga<String, String> saga = answering();
        start(saga);
        String id = callback("answer");
        restart();

        assertThat(callback("answer")).isEqualTo(id);
        assertWaiting(saga);
        complete("answer", "yes");
        assertThat(completed(saga)).isEqualTo("yes");
        assertThat(world.sent("ask")).containsExactly(id);
    }

    @Test
    void a_callback_times_out_when_it_would_have_without_a_crash() {
        Saga<String, String> saga = answering();
        start(saga);
        engine.advance(A_MINUTE.minusSeconds(1));
        restart();
        assertWaiting(saga);
        engine.advance(Duration.ofSeconds(1));

        assertThat(compensated(saga).cause().path()).isEqualTo("answer");
        assertThat(world.effects()).containsExactly("ask", "undo ask");
    }

    @Test
    void an_answer_stands_across_a_crash() {
        Saga<String, String> saga = answering();
        world.plan("ship", Fault.DIES);
        start(saga);
        String id = callback("answer");
        complete("answer", "yes");
        reopen();

        assertThat(completed(saga)).isEqualTo("yes");
        assertThat(engine.complete(id, "no")).isIn(CallbackAnswer.DUPLICATE, CallbackAnswer.LATE);
        assertThat(completed(saga)).isEqualTo("yes");
    }

    @Test
    void a_notification_that_a_crash_interrupted_sends_the_same_id_again() {
        for (Fault death : List.of(Fault.DIES, Fault.DIES_AFTER_EFFECT)) {
            inNewWorld(() -> {
                Saga<String, String> saga = answering();
                world.plan("ask", death);
                start(saga);
                reopen();
                complete("answer", "yes");

                assertThat(completed(saga)).isEqualTo("yes");
                assertThat(world.sent("ask"))
                        .hasSize(2)
                        .containsOnly(world.sent("ask").get(0));
                assertThat(world.effects()).containsExactly("ask", "ship");
            });
        }
    }

    @Test
    void an_answer_given_before_a_crash_in_the_notification_counts() {
        List<CallbackAnswer> answers = new ArrayList<>();
        Saga<String, String> saga = saga().await(
                        ANSWER,
                        Within.within(A_MINUTE),
                        (s, id) -> {
                            answers.add(engine.complete(id, "answer " + s.attempt()));
                            world.act("ask", s);
                        },
                        world.undoes("ask"))
                .returning(String.class, s -> s.result(ANSWER));
        world.plan("ask", Fault.DIES_AFTER_EFFECT);
        start(saga);
        reopen();

        assertThat(completed(saga)).isEqualTo("answer 1");
        assertThat(answers).containsExactly(CallbackAnswer.ACCEPTED, CallbackAnswer.DUPLICATE);
    }

    private Saga<String, String> answering() {
        return saga().await(ANSWER, Within.within(A_MINUTE), world.sends("ask"), world.undoes("ask"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(ANSWER));
    }
}
