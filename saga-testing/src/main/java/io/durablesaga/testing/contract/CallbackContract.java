package io.durablesaga.testing.contract;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Notification;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.Within;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Waiting for somebody outside: answers of all kinds, none in time, too many, too early. */
abstract class CallbackContract extends SubjectContract {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final StepKey<Approval> APPROVE = StepKey.of("approve", Approval.class);
    private static final StepKey<String> ANSWER = StepKey.of("answer", String.class);

    /** What somebody says. */
    record Approval(String by, int limit) {}

    @Test
    void an_await_is_a_callback_and_the_step_that_sends_its_id() {
        Saga<String, String> saga = approving();
        start(saga);
        assertWaiting(saga);
        assertThat(world.effects()).containsExactly("reserve", "ask");
        assertThat(world.sent("ask")).containsExactly(callback("approve"));
        assertThat(engine.callbacks(NAME)).containsOnlyKeys("approve");
        assertThat(operations())
                .containsExactly(
                        "ACTION reserve COMPLETED", "CALLBACK await:approve PENDING", "ACTION approve COMPLETED");

        complete("approve", "{\"by\":\"Ada\",\"limit\":5,\"mood\":\"fine\"}");
        assertThat(completed(saga)).isEqualTo("Approval[by=Ada, limit=5]");
        assertThat(engine.callbacks(NAME)).isEmpty();
        assertThat(operations())
                .containsExactly(
                        "ACTION reserve COMPLETED",
                        "CALLBACK await:approve COMPLETED",
                        "ACTION approve COMPLETED",
                        "ACTION ship COMPLETED");
    }

    @Test
    void text_is_taken_as_it_comes_where_text_is_expected() {
        for (String payload : List.of("\"yes, please\"", "yes, please")) {
            inNewWorld(() -> {
                Saga<String, String> saga = answering(within());
                start(saga);
                complete("answer", payload);

                assertThat(completed(saga)).isEqualTo("Optional[yes, please]");
            });
        }
    }

    @Test
    void null_is_an_answer() {
        Saga<String, String> saga = answering(within());
        start(saga);
        complete("answer", "null");

        assertThat(completed(saga)).isEqualTo("Optional.empty");
    }

    @Test
    void an_answer_that_cannot_be_read_unwinds_the_notification_too() {
        for (String payload : List.of("yes", "{\"by\":\"Ada\",\"limit\":\"high\"}", "[1]", "")) {
            inNewWorld(() -> {
                Saga<String, String> saga = approving();
                start(saga);
                complete("approve", payload);

                assertUnwound(saga, "not readable");
            });
        }
    }

    @Test
    void a_sender_may_say_that_it_failed() {
        Saga<String, String> saga = approving();
        start(saga);
        assertThat(engine.fail(callback("approve"), "over the limit")).isEqualTo(CallbackAnswer.ACCEPTED);
        engine.settle();

        assertThat(assertUnwound(saga, "callback failed").message()).isEqualTo("over the limit");
    }

    @Test
    void nobody_answering_in_time_unwinds() {
        Saga<String, String> saga = approving();
        start(saga);
        engine.advance(A_MINUTE.minusSeconds(1));
        assertWaiting(saga);
        engine.advance(Duration.ofSeconds(1));

        assertUnwound(saga, "timed out");
        assertThat(operations()).contains("CALLBACK await:approve FAILED");
    }

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
    void a_value_is_for_nobody_answering_and_not_for_a_bad_answer() {
        Saga<String, String> saga = saga().await(
                        APPROVE,
                        within().orElse(new Approval("nobody", 0)),
                        world.sends("ask"),
                        undo((s, effect) -> world.undo("ask", s, effect)))
                .returning(String.class, s -> s.result(APPROVE).by());
        start(saga);
        complete("approve", "yes");

        assertThat(compensated(saga).cause().path()).isEqualTo("approve");
        assertThat(world.effects()).containsExactly("ask", "undo ask");
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

    @Test
    void a_notification_that_is_rejected_unwinds_and_waits_for_nobody() {
        Saga<String, String> saga = approving();
        world.plan("ask", Fault.REJECTS);
        start(saga);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause().path()).isEqualTo("approve");
        assertThat(result.cause().failure()).isEqualTo(says("ask"));
        assertThat(states(result.effects())).containsExactly("reserve UNDONE");
        assertThat(engine.complete(world.sent("ask").get(0), "1")).isEqualTo(CallbackAnswer.LATE);
    }

    @Test
    void a_notification_whose_outcome_is_unknown_is_undone() {
        Saga<String, String> saga = approving();
        world.plan("ask", Fault.FAILS_AFTER_EFFECT);
        start(saga);

        assertThat(states(compensated(saga).effects())).containsExactly("approve UNDONE", "reserve UNDONE");
        assertThat(world.effects()).containsExactly("reserve", "ask", "undo ask", "undo reserve");
    }

    @Test
    void the_undo_of_a_notification_never_gets_a_result_of_another_type() {
        List<Optional<String>> by = new ArrayList<>();
        Saga<String, String> saga = saga().await(APPROVE, within(), world.sends("ask"), undo((s, effect) -> {
                    by.add(effect.result().map(Approval::by));
                    world.undo("ask", s, effect);
                }))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SHIP));
        world.plan("ship", Fault.REJECTS);
        start(saga);
        complete("approve", "{\"by\":\"Ada\",\"limit\":5}");

        assertThat(states(compensated(saga).effects())).containsExactly("approve UNDONE");
        assertThat(by).hasSize(1).isSubsetOf(Optional.empty(), Optional.of("Ada"));
    }

    @Test
    void several_callbacks_are_open_at_once_and_answered_in_any_order() {
        Saga<String, String> saga = saga().parallel(
                        "both",
                        both -> both.branch(
                                        "left",
                                        left -> left.await(ANSWER, within(), world.sends("left"), world.undoes("left")))
                                .branch(
                                        "right",
                                        right -> right.await(
                                                CHARGE, within(), world.sends("right"), world.undoes("right"))))
                .returning(String.class, s -> s.result(ANSWER) + ", " + s.result(CHARGE));
        start(saga);
        assertThat(engine.callbacks(NAME)).containsOnlyKeys("both/left/answer", "both/right/charge");
        complete("both/right/charge", "R");
        assertWaiting(saga);
        complete("both/left/answer", "L");

        assertThat(completed(saga)).isEqualTo("L, R");
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

    private Saga<String, String> approving() {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .await(APPROVE, within(), world.sends("ask"), undo((s, effect) -> world.undo("ask", s, effect)))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(APPROVE).toString());
    }

    private Failure assertUnwound(Saga<String, String> saga, String why) {
        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause().path()).isEqualTo("approve");
        assertThat(result.cause().failure().type()).isEqualTo(why);
        assertThat(result.cause().failure().rejected()).isTrue();
        assertThat(states(result.effects())).containsExactly("approve UNDONE", "reserve UNDONE");
        assertThat(world.effects()).containsExactly("reserve", "ask", "undo ask", "undo reserve");
        return result.cause().failure();
    }
}
