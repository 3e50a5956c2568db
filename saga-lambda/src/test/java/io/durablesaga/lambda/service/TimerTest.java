package io.durablesaga.lambda.service;

import static io.durablesaga.lambda.service.Updates.callback;
import static io.durablesaga.lambda.service.Updates.retry;
import static io.durablesaga.lambda.service.Updates.sleep;
import static io.durablesaga.lambda.service.Updates.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.engine.CallbackAnswer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;

class TimerTest extends ServiceTest {

    @Test
    void time_moves_when_it_is_told_to_and_not_back() {
        Instant before = service.now();
        advance(3);

        assertThat(service.now()).isEqualTo(before.plusSeconds(3));
        assertThat(service.clock().instant()).isEqualTo(service.now());
        assertThatThrownBy(() -> advance(-1)).hasMessageContaining("time does not go back");
    }

    @Test
    void a_pause_ends_at_its_time_and_not_before() {
        ByHand.Invocation invocation = begin();
        invocation.write(sleep("nap", 5));
        service.advance(Duration.ofMillis(4_999));
        assertThat(execution().operation("nap").status()).isEqualTo(OperationStatus.STARTED);
        service.advance(Duration.ofMillis(1));

        assertThat(execution().operation("nap").status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void what_is_due_happens_at_its_own_time_and_in_that_order() {
        ByHand.Invocation invocation = begin();
        Instant begun = service.now();
        invocation.write(callback("ask", 3, 0), sleep("nap", 5), sleep("rest", 2), start("a"), retry("a", 4));
        advance(60);

        assertThat(execution().operation("rest").endTimestamp()).isEqualTo(begun.plusSeconds(2));
        assertThat(execution().operation("ask").endTimestamp()).isEqualTo(begun.plusSeconds(3));
        assertThat(execution().operation("a").status()).isEqualTo(OperationStatus.READY);
        assertThat(execution().operation("nap").endTimestamp()).isEqualTo(begun.plusSeconds(5));
        assertThat(service.now()).isEqualTo(begun.plusSeconds(60));
        assertThat(execution().nextTimer()).isNull();
    }

    @Test
    void a_callback_times_out() {
        begin().write(callback("ask", 5, 0));
        advance(5);
        Operation ask = execution().operation("ask");

        assertThat(ask.status()).isEqualTo(OperationStatus.TIMED_OUT);
        assertThat(ask.callbackDetails().error().errorType()).isEqualTo("Callback.Timeout");
    }

    @Test
    void a_callback_whose_heartbeat_is_missing_times_out() {
        begin().write(callback("ask", 60, 5));
        String id = execution().operation("ask").callbackDetails().callbackId();
        advance(4);
        assertThat(service.heartbeat(id)).isEqualTo(CallbackAnswer.ACCEPTED);
        advance(4);
        assertThat(execution().operation("ask").status()).isEqualTo(OperationStatus.STARTED);
        advance(1);
        Operation ask = execution().operation("ask");

        assertThat(ask.status()).isEqualTo(OperationStatus.TIMED_OUT);
        assertThat(ask.callbackDetails().error().errorType()).isEqualTo("Callback.Heartbeat");
    }

    @Test
    void heartbeats_do_not_prolong_the_whole_wait() {
        begin().write(callback("ask", 8, 5));
        String id = execution().operation("ask").callbackDetails().callbackId();
        advance(4);
        assertThat(service.heartbeat(id)).isEqualTo(CallbackAnswer.ACCEPTED);
        advance(4);

        assertThat(execution().operation("ask").callbackDetails().error().errorType())
                .isEqualTo("Callback.Timeout");
    }

    @Test
    void a_callback_without_a_time_waits_as_long_as_the_execution() {
        open(ServiceSettings.DEFAULT.limits(ServiceLimits.DOCUMENTED.timeout(Duration.ofDays(2))));
        begin().write(callback("ask", 0, 0));
        service.advance(Duration.ofDays(1));
        assertThat(execution().operation("ask").status()).isEqualTo(OperationStatus.STARTED);
        service.advance(Duration.ofDays(1));

        assertThat(execution().status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        assertThat(execution().error().errorMessage()).isEqualTo("Execution timed out");
    }

    @Test
    void an_execution_that_has_timed_out_runs_nothing_any_more() {
        open(ServiceSettings.DEFAULT.limits(ServiceLimits.DOCUMENTED.timeout(Duration.ofDays(1))));
        ByHand.Invocation invocation = begin();
        invocation.write(sleep("nap", 90_000));
        invocation.suspends();
        service.settle();
        service.advance(Duration.ofDays(2));
        service.settle();

        assertThat(function.hasNext()).isFalse();
        assertThat(execution().operation("nap").status()).isEqualTo(OperationStatus.STARTED);
    }

    @Test
    void a_timer_wakes_an_execution_that_waits_for_it() {
        ByHand.Invocation invocation = begin();
        invocation.write(sleep("nap", 5));
        invocation.suspends();
        service.settle();
        assertThat(execution().nextTimer()).isEqualTo(service.now().plusSeconds(5));
        advance(4);
        service.settle();
        assertThat(function.hasNext()).isFalse();
        advance(1);
        function.next().succeeds("1");
        service.settle();

        assertThat(execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void a_poll_waits_a_moment_for_news_and_no_longer() {
        ByHand.Invocation invocation = begin();
        long begun = System.nanoTime();
        assertThat(invocation.poll()).isEmpty();

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(ServiceSettings.DEFAULT.pause(), Duration.ofSeconds(5));
    }
}
