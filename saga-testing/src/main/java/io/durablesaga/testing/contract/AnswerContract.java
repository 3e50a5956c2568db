package io.durablesaga.testing.contract;

import static io.durablesaga.StepOptions.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Notification;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.Within;
import io.durablesaga.engine.CallbackAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When answers come: in time, late, twice, before the question has been put. */
abstract class AnswerContract extends SubjectContract {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final StepKey<String> ANSWER = StepKey.of("answer", String.class);

    @Test
    void nobody_answering_in_time_yields_the_value_where_there_is_one() {
        Saga<String, String> saga = saga().await(
                        ANSWER, within().orElse("nobody"), world.sends("ask"), world.undoes("ask"))
                .returning(String.class, s -> s.result(ANSWER));
        start(saga);
        engine.advance(A_MINUTE);

        assertThat(completed(saga)).isEqualTo("nobody");
        assertThat(world.effects()).containsExactly("ask");
    }

    @Test
    void heartbeats_prolong_the_silence_and_not_the_whole() {
        Saga<String, String> saga = answering(within().heartbeat(TEN_SECONDS));
        start(saga);
        String id = callback("answer");
        for (int i = 0; i < 6; i++) {
            engine.advance(Duration.ofSeconds(9));
            assertThat(engine.heartbeat(id)).isEqualTo(CallbackAnswer.ACCEPTED);
            engine.settle();
        }
        engine.advance(Duration.ofSeconds(5));
        assertWaiting(saga);
        engine.advance(Duration.ofSeconds(1));

        assertThat(compensated(saga).cause().failure().message()).isEqualTo("nobody answered in time");
    }

    @Test
    void a_missing_heartbeat_ends_the_wait() {
        Saga<String, String> saga = answering(within().heartbeat(TEN_SECONDS));
        start(saga);
        engine.advance(Duration.ofSeconds(9));
        assertThat(engine.heartbeat(callback("answer"))).isEqualTo(CallbackAnswer.ACCEPTED);
        engine.advance(Duration.ofSeconds(9));
        assertWaiting(saga);
        engine.advance(Duration.ofSeconds(1));

        assertThat(compensated(saga).cause().failure().message()).isEqualTo("a heartbeat was missed");
        assertThat(world.effects()).containsExactly("ask", "undo ask");
    }

    @Test
    void the_first_answer_counts_and_a_second_is_told_so() {
        Saga<String, String> saga = saga().await(ANSWER, within(), world.sends("ask"), world.undoes("ask"))
                .sleep("nap", A_MINUTE)
                .returning(String.class, s -> s.result(ANSWER));
        start(saga);
        String id = callback("answer");
        complete("answer", "first");

        assertThat(engine.complete(id, "second")).isEqualTo(CallbackAnswer.DUPLICATE);
        assertThat(engine.fail(id, "third")).isEqualTo(CallbackAnswer.DUPLICATE);
        assertThat(engine.heartbeat(id)).isEqualTo(CallbackAnswer.DUPLICATE);
        engine.advance(A_MINUTE);
        assertThat(completed(saga)).isEqualTo("first");
        assertThat(engine.complete(id, "fourth")).isIn(CallbackAnswer.DUPLICATE, CallbackAnswer.LATE);
        assertThat(completed(saga)).isEqualTo("first");
    }

    @Test
    void an_answer_after_the_timeout_is_told_so() {
        Saga<String, String> saga = saga().await(
                        ANSWER, within().orElse("nobody"), world.sends("ask"), world.undoes("ask"))
                .sleep("nap", A_MINUTE)
                .returning(String.class, s -> s.result(ANSWER));
        start(saga);
        String id = callback("answer");
        engine.advance(A_MINUTE);

        assertThat(engine.complete(id, "late")).isEqualTo(CallbackAnswer.LATE);
        assertThat(engine.heartbeat(id)).isEqualTo(CallbackAnswer.LATE);
        engine.advance(A_MINUTE);
        assertThat(completed(saga)).isEqualTo("nobody");
        assertThat(engine.fail(id, "later")).isEqualTo(CallbackAnswer.LATE);
    }

    @Test
    void a_callback_that_does_not_exist_is_unknown() {
        assertThat(engine.complete("no-such-callback", "1")).isEqualTo(CallbackAnswer.UNKNOWN);
        assertThat(engine.fail("no-such-callback", "1")).isEqualTo(CallbackAnswer.UNKNOWN);
        assertThat(engine.heartbeat("no-such-callback")).isEqualTo(CallbackAnswer.UNKNOWN);
    }

    @Test
    void an_answer_may_come_before_the_notification_has_returned() {
        List<CallbackAnswer> answers = new ArrayList<>();
        Saga<String, String> saga = saga().await(
                        ANSWER,
                        within(),
                        (s, id) -> {
                            world.act("ask", s);
                            answers.add(engine.complete(id, "at once"));
                        },
                        world.undoes("ask"))
                .returning(String.class, s -> s.result(ANSWER));
        start(saga);

        assertThat(answers).containsExactly(CallbackAnswer.ACCEPTED);
        assertThat(completed(saga)).isEqualTo("at once");
        assertThat(operations()).containsExactly("CALLBACK await:answer COMPLETED", "ACTION answer COMPLETED");
    }

    @Test
    void an_answer_that_comes_between_two_tries_of_the_notification_counts() {
        Saga<String, String> saga = answering(with().retry(Retries.every(TEN_SECONDS, 2)), world.sends("ask"));
        world.plan("ask", Fault.FAILS_AFTER_EFFECT);
        start(saga);
        complete("answer", "early");
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);

        assertThat(completed(saga)).isEqualTo("Optional[early]");
        assertThat(world.sent("ask")).hasSize(2).containsOnly(world.sent("ask").get(0));
        assertThat(world.effects()).containsExactly("ask");
    }

    private static Within within() {
        return Within.within(A_MINUTE);
    }

    private Saga<String, String> answering(Within within) {
        return saga().await(ANSWER, within, world.sends("ask"), world.undoes("ask"))
                .returning(String.class, s -> s.find(ANSWER).toString());
    }

    private Saga<String, String> answering(StepOptions options, Notification<Scope<String>> notification) {
        return saga().await(ANSWER, options, within(), notification, world.undoes("ask"))
                .returning(String.class, s -> s.find(ANSWER).toString());
    }
}
