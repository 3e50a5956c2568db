package io.durablesaga.testing.contract;

import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.Within;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Waiting for somebody outside: what is sent out, what comes back, and what cannot be taken for an answer. */
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
