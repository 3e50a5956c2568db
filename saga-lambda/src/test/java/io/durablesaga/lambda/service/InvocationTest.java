package io.durablesaga.lambda.service;

import static io.durablesaga.lambda.service.Updates.error;
import static io.durablesaga.lambda.service.Updates.sleep;
import static io.durablesaga.lambda.service.Updates.start;
import static io.durablesaga.lambda.service.Updates.step;
import static io.durablesaga.lambda.service.Updates.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.OperationAction;

class InvocationTest extends ServiceTest {

    @Test
    void what_the_function_returns_is_how_the_execution_ends() {
        begin().succeeds("\"done\"");
        service.settle();

        assertThat(execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution().result()).isEqualTo("\"done\"");
    }

    @Test
    void what_the_function_fails_with_is_how_the_execution_ends() {
        begin().fails(error("stuck"));
        service.settle();

        assertThat(execution().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(execution().error()).isEqualTo(error("stuck"));
    }

    @Test
    void an_invocation_that_throws_is_followed_by_another_one() {
        begin().breaks(new IllegalStateException("broken"));
        function.next().breaks(new IllegalStateException("broken again"));
        function.next().succeeds("1");
        service.settle();

        assertThat(execution().invocations()).isEqualTo(3);
    }

    @Test
    void an_invocation_that_returns_nothing_has_failed() {
        begin().returns(null);
        function.next().succeeds("1");
        service.settle();

        assertThat(execution().invocations()).isEqualTo(2);
    }

    @Test
    void invocations_that_fail_in_a_row_without_having_written_are_given_up_on_loudly() {
        open(ServiceSettings.DEFAULT.failures(3));
        begin().breaks(new IllegalStateException("1"));
        function.next().breaks(new IllegalStateException("2"));
        function.next().breaks(new IllegalStateException("3"));

        assertThatThrownBy(() -> service.settle())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("'order-1' does not end")
                .hasRootCauseMessage("3");
        assertThat(execution().stalled()).hasMessage("3");
        assertThat(function.hasNext()).isFalse();
    }

    @Test
    void what_an_invocation_wrote_before_it_failed_is_progress() {
        open(ServiceSettings.DEFAULT.failures(2));
        ByHand.Invocation invocation = begin();
        for (int i = 0; i < 5; i++) {
            invocation.write(start("step-" + i));
            invocation.breaks(new IllegalStateException("broken"));
            invocation = function.next();
        }
        invocation.succeeds("1");
        service.settle();

        assertThat(execution().invocations()).isEqualTo(6);
    }

    @Test
    void a_failure_that_a_test_expects_is_given_up_on_quietly_and_tried_again_on_demand() {
        open(ServiceSettings.DEFAULT.failures(1).mayStall(failure -> failure instanceof IllegalStateException));
        begin().breaks(new IllegalStateException("halted"));
        service.settle();
        assertThat(execution().stalled()).hasMessage("halted");
        service.wake(FUNCTION);
        function.next().succeeds("1");
        service.settle();

        assertThat(execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution().stalled()).isNull();
    }

    @Test
    void an_execution_that_was_given_up_on_is_not_woken_by_time() {
        open(ServiceSettings.DEFAULT.failures(1).mayStall(failure -> true));
        ByHand.Invocation invocation = begin();
        invocation.write(sleep("nap", 5));
        invocation.suspends();
        service.settle();
        advance(5);
        function.next().breaks(new IllegalStateException("halted"));
        service.settle();
        advance(5);
        service.settle();

        assertThat(function.hasNext()).isFalse();
    }

    @Test
    void whoever_suspends_itself_with_nothing_outstanding_would_never_go_on() {
        ByHand.Invocation invocation = begin();
        invocation.write(start("a"), start("b"), succeed("b", "1"));
        invocation.suspends();

        assertThatThrownBy(() -> service.settle())
                .hasRootCauseMessage("suspended itself, and nothing is outstanding: it would never go on");
    }

    @Test
    void whoever_suspends_itself_when_something_is_due_goes_on_at_once() {
        ByHand.Invocation invocation = begin();
        invocation.write(sleep("nap", 5));
        advance(5);
        invocation.suspends();

        assertThat(function.next().input.updatedOperationIds()).containsExactly("nap");
    }

    @Test
    void whoever_suspends_itself_with_news_just_told_goes_on_in_case_it_could_not_hear_any_more() {
        ByHand.Invocation invocation = begin();
        invocation.write(sleep("nap", 5));
        advance(5);
        assertThat(invocation.poll()).hasSize(1);
        invocation.suspends();
        function.next().succeeds("1");
        service.settle();

        assertThat(execution().invocations()).isEqualTo(2);
    }

    @Test
    void an_invocation_that_hangs_is_reported_with_where_it_stands() {
        open(ServiceSettings.DEFAULT.longest(Duration.ofMillis(50)));
        var unused = begin();

        assertThatThrownBy(() -> service.settle())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("invocation 1 of 'order-1'")
                .hasMessageContaining("ByHand.invoke");
    }

    @Test
    void stopping_ends_an_execution_without_running_anything() {
        ByHand.Invocation invocation = begin();
        invocation.write(sleep("nap", 5));
        invocation.suspends();
        service.settle();
        service.stop(NAME, error("enough"));
        service.stop(NAME, error("twice"));
        advance(5);
        service.settle();

        assertThat(execution().status()).isEqualTo(ExecutionStatus.STOPPED);
        assertThat(execution().error()).isEqualTo(error("enough"));
        assertThat(function.hasNext()).isFalse();
    }

    @Test
    void executions_run_at_the_same_time() {
        ByHand.Invocation first = begin();
        service.start(FUNCTION, "order-2", "1");
        ByHand.Invocation second = function.next();
        second.write(step(OperationAction.START, "a").build());
        first.write(step(OperationAction.START, "a").build());
        second.succeeds("2");
        first.succeeds("1");
        service.settle();

        assertThat(execution().result()).isEqualTo("1");
        assertThat(service.execution("order-2").result()).isEqualTo("2");
    }
}
