package io.durablesaga.lambda.service;

import static io.durablesaga.lambda.service.Updates.callback;
import static io.durablesaga.lambda.service.Updates.start;
import static io.durablesaga.lambda.service.Updates.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.engine.CallbackAnswer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.Operation;

class InterferenceTest extends ServiceTest {

    @Test
    void every_call_that_is_in_order_is_seen_before_and_after_it_happens() {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        service.interfere(new Interference() {
            @Override
            public void before(Call call) {
                seen.add("before " + call.kind() + " of " + call.execution() + changes(call));
            }

            @Override
            public void after(Call call) {
                seen.add("after " + call.kind());
            }
        });
        ByHand.Invocation invocation = begin();
        invocation.write(start("a"), succeed("a", "1"), callback("ask", 0, 0));
        invocation.poll();
        var unused = invocation.client.getExecutionState(invocation.arn(), invocation.token, null);
        var answer =
                service.complete(execution().operation("ask").callbackDetails().callbackId(), "1");
        assertThat(answer).isEqualTo(CallbackAnswer.ACCEPTED);
        assertRefused(() -> invocation.write(start("a")), "is not possible");
        invocation.succeeds("1");
        service.settle();

        assertThat(seen)
                .containsExactly(
                        "before START of order-1",
                        "after START",
                        "before CHECKPOINT of order-1: START a, SUCCEED a after 1, START ask",
                        "after CHECKPOINT",
                        "before POLL of order-1",
                        "after POLL",
                        "before STATE of order-1",
                        "after STATE",
                        "before ANSWER of order-1",
                        "after ANSWER",
                        "before END of order-1",
                        "after END");
    }

    @Test
    void what_fails_before_it_happens_does_not_happen_and_its_token_stays_good() {
        ByHand.Invocation invocation = begin();
        fail(Call.Kind.CHECKPOINT, true, Refusals.throttled());
        assertThatThrownBy(() -> invocation.write(start("a")))
                .isInstanceOfSatisfying(LambdaException.class, throttled -> {
                    assertThat(throttled.statusCode()).isEqualTo(429);
                    assertThat(throttled.awsErrorDetails().errorCode()).isEqualTo("TooManyRequestsException");
                    assertThat(throttled.awsErrorDetails().sdkHttpResponse().statusCode())
                            .isEqualTo(429);
                    assertThat(throttled).hasMessageStartingWith("Rate exceeded");
                });
        assertThat(execution().operations()).isEmpty();

        invocation.write(start("a"));
    }

    @Test
    void what_fails_after_it_has_happened_has_used_its_token_up() {
        ByHand.Invocation invocation = begin();
        fail(Call.Kind.CHECKPOINT, false, Refusals.connectionLost());
        assertThatThrownBy(() -> invocation.write(start("a"))).isInstanceOf(SdkClientException.class);
        assertThat(execution().operations()).hasSize(1);

        assertInvalidToken(() -> invocation.write(succeed("a", "1")));
    }

    @Test
    void the_service_may_be_broken_for_whoever_only_reads() {
        ByHand.Invocation invocation = begin();
        fail(Call.Kind.POLL, true, Refusals.serviceError());
        assertThatThrownBy(invocation::poll).isInstanceOfSatisfying(LambdaException.class, broken -> {
            assertThat(broken.awsErrorDetails().errorCode()).isEqualTo("ServiceException");
            assertThat(broken.awsErrorDetails().sdkHttpResponse().statusCode()).isEqualTo(500);
        });
        fail(Call.Kind.STATE, true, Refusals.serviceError());
        assertThatThrownBy(() -> invocation.client.getExecutionState(invocation.arn(), invocation.token, null))
                .isInstanceOf(LambdaException.class);

        assertThat(invocation.poll()).isEmpty();
    }

    @Test
    void an_answer_may_lack_its_token_or_its_news() {
        ByHand.Invocation invocation = begin();
        AtomicReference<CheckpointDurableExecutionResponse> whole = new AtomicReference<>();
        service.interfere(new Interference() {
            @Override
            public CheckpointDurableExecutionResponse answered(Call call, CheckpointDurableExecutionResponse answer) {
                whole.set(answer);
                return answer.toBuilder()
                        .checkpointToken(null)
                        .newExecutionState(
                                (software.amazon.awssdk.services.lambda.model.CheckpointUpdatedExecutionState) null)
                        .build();
            }
        });
        var answer = invocation.write(start("a"));

        assertThat(answer.checkpointToken()).isNull();
        assertThat(answer.newExecutionState()).isNull();
        assertThat(whole.get().checkpointToken()).isNotNull();
    }

    @Test
    void a_start_that_fails_before_it_happens_starts_nothing() {
        fail(Call.Kind.START, true, Refusals.connectionLost());
        assertThatThrownBy(() -> service.start(FUNCTION, NAME, "1")).isInstanceOf(SdkClientException.class);
        assertThat(service.executions()).isEmpty();

        service.start(FUNCTION, NAME, "1");
    }

    @Test
    void a_start_that_fails_after_it_has_happened_has_started() {
        fail(Call.Kind.START, false, Refusals.connectionLost());
        assertThatThrownBy(() -> service.start(FUNCTION, NAME, "1")).isInstanceOf(SdkClientException.class);
        function.next().succeeds("1");
        service.settle();

        assertThat(execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void nothing_begins_before_the_call_is_over_that_makes_it_due() {
        List<Boolean> begun = new ArrayList<>();
        when(Call.Kind.START, false, () -> begun.add(function.hasNext()));
        ByHand.Invocation invocation = begin();
        invocation.write(callback("ask", 0, 0));
        invocation.suspends();
        service.settle();
        when(Call.Kind.ANSWER, false, () -> begun.add(function.hasNext()));
        var unused = service.complete(execution().callbacks().get(0).id(), "1");
        function.next().succeeds("1");
        service.settle();

        assertThat(begun).containsExactly(false, false);
    }

    @Test
    void what_has_ended_from_outside_is_seen_with_the_next_write_that_happens() {
        List<String> seen = new ArrayList<>();
        ByHand.Invocation invocation = begin();
        invocation.write(callback("ask", 5, 0), callback("beg", 9, 0));
        advance(5);
        fail(Call.Kind.CHECKPOINT, true, Refusals.throttled());
        assertThatThrownBy(() -> invocation.write(start("a"))).isInstanceOf(LambdaException.class);
        service.interfere(new Interference() {
            @Override
            public void after(Call call) {
                seen.add(call.kind() + " "
                        + call.ended().stream().map(Operation::name).toList());
            }
        });
        invocation.poll();
        invocation.write(start("a"));
        invocation.write(succeed("a", "1"));
        advance(4);
        invocation.succeeds("1");
        service.settle();

        assertThat(seen).containsExactly("POLL []", "CHECKPOINT [ask]", "CHECKPOINT []", "END [beg]");
    }

    @Test
    void an_execution_has_settled_when_its_end_is_over_too() {
        AtomicReference<String> after = new AtomicReference<>("nothing");
        when(Call.Kind.END, false, () -> after.set("over"));
        begin().succeeds("1");
        service.settle();

        assertThat(after).hasValue("over");
    }

    @Test
    void an_end_that_is_not_heard_of_is_followed_by_another_invocation() {
        fail(Call.Kind.END, true, Refusals.connectionLost());
        begin().succeeds("1");
        function.next().succeeds("2");
        service.settle();

        assertThat(execution().result()).isEqualTo("2");
    }

    @Test
    void an_end_that_is_heard_of_is_the_end_whatever_fails_then() {
        fail(Call.Kind.END, false, Refusals.connectionLost());
        begin().succeeds("1");
        service.settle();

        assertThat(execution().result()).isEqualTo("1");
        assertThat(function.hasNext()).isFalse();
    }

    @Test
    void whoever_is_killed_before_it_writes_has_written_nothing() {
        ByHand.Invocation invocation = begin();
        when(Call.Kind.CHECKPOINT, true, () -> service.kill());
        assertThatThrownBy(() -> invocation.write(start("a"))).isInstanceOf(IncarnationKilled.class);

        assertThat(execution().operations()).isEmpty();
    }

    @Test
    void whoever_is_killed_after_it_has_written_never_knows() {
        ByHand.Invocation invocation = begin();
        when(Call.Kind.CHECKPOINT, false, () -> service.kill());
        assertThatThrownBy(() -> invocation.write(start("a"))).isInstanceOf(IncarnationKilled.class);

        assertThat(execution().operations()).hasSize(1);
    }

    @Test
    void whoever_is_killed_on_its_way_out_has_not_ended_the_execution() {
        when(Call.Kind.END, true, () -> service.kill());
        begin().succeeds("1");
        service.settle();
        assertThat(execution().status()).isEqualTo(ExecutionStatus.RUNNING);
        service.interfere(Interference.NONE);
        service.reopen();
        function.next().succeeds("2");
        service.settle();

        assertThat(execution().result()).isEqualTo("2");
    }

    private static String changes(Call call) {
        List<String> changes = call.changes().stream()
                .map(change -> change.update().action() + " "
                        + change.operation().name()
                        + (change.operation().stepDetails() == null
                                        || change.operation().stepDetails().attempt() == 0
                                ? ""
                                : " after " + change.operation().stepDetails().attempt()))
                .toList();
        return changes.isEmpty() ? "" : ": " + String.join(", ", changes);
    }

    /** Fails the next call of a kind, once. */
    private void fail(Call.Kind kind, boolean before, RuntimeException failure) {
        when(kind, before, () -> {
            throw failure;
        });
    }

    private void when(Call.Kind kind, boolean before, Runnable once) {
        service.interfere(new Interference() {
            private boolean done;

            @Override
            public void before(Call call) {
                strike(call, true);
            }

            @Override
            public void after(Call call) {
                strike(call, false);
            }

            private void strike(Call call, boolean isBefore) {
                if (!done && call.kind() == kind && isBefore == before) {
                    done = true;
                    once.run();
                }
            }
        });
    }
}
