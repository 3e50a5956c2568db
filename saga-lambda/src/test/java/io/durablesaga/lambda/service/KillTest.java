package io.durablesaga.lambda.service;

import static io.durablesaga.lambda.service.Updates.sleep;
import static io.durablesaga.lambda.service.Updates.start;
import static io.durablesaga.lambda.service.Updates.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;

class KillTest extends ServiceTest {

    @Test
    void a_killed_invocation_reaches_nobody() {
        ByHand.Invocation invocation = begin();
        service.kill();

        assertThatThrownBy(() -> invocation.write(start("a")))
                .isInstanceOf(IncarnationKilled.class)
                .hasMessage("invocation 1 of 'order-1' has been killed");
        assertThatThrownBy(invocation::poll).isInstanceOf(IncarnationKilled.class);
        assertThatThrownBy(() -> invocation.client.getExecutionState(invocation.arn(), invocation.token, null))
                .isInstanceOf(IncarnationKilled.class);
        assertThat(execution().operations()).isEmpty();
    }

    @Test
    void a_killed_invocation_starts_nothing() {
        ByHand.Invocation invocation = begin();
        service.kill();

        assertThatThrownBy(() -> invocation.bodies.execute(() -> {})).isInstanceOf(IncarnationKilled.class);
        assertThat(invocation.bodies.isShutdown()).isTrue();
    }

    @Test
    void what_a_killed_invocation_returns_is_ignored() {
        ByHand.Invocation invocation = begin();
        service.kill();
        invocation.succeeds("\"from the grave\"");
        service.settle();

        assertThat(execution().status()).isEqualTo(ExecutionStatus.RUNNING);
    }

    @Test
    void nothing_is_invoked_between_a_kill_and_the_reopening() {
        begin().write(sleep("nap", 5));
        service.kill();
        advance(5);
        service.start(FUNCTION, "order-2", "1");
        service.settle();
        assertThat(function.hasNext()).isFalse();
        service.reopen();

        function.next().succeeds("1");
        function.next().succeeds("1");
        service.settle();
    }

    @Test
    void the_invocation_of_one_execution_is_killed_and_followed_by_another_one() {
        ByHand.Invocation first = begin();
        first.write(start("a"));
        service.kill(NAME);
        ByHand.Invocation second = function.next();
        assertThatThrownBy(() -> first.write(succeed("a", "1"))).isInstanceOf(IncarnationKilled.class);
        second.write(succeed("a", "2"));

        assertThat(execution().operation("a").stepDetails().result()).isEqualTo("2");
    }

    @Test
    void killing_is_no_failure_of_the_function() {
        open(ServiceSettings.DEFAULT.failures(1));
        ByHand.Invocation invocation = begin();
        for (int i = 0; i < 5; i++) {
            service.kill(NAME);
            invocation = function.next();
        }
        invocation.succeeds("1");
        service.settle();

        assertThat(execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void a_superseded_invocation_is_killed_too() {
        ByHand.Invocation former = begin();
        service.supersede(NAME);
        ByHand.Invocation latter = function.next();
        service.kill();

        assertThatThrownBy(former::poll).isInstanceOf(IncarnationKilled.class);
        assertThatThrownBy(latter::poll).isInstanceOf(IncarnationKilled.class);
    }

    @Test
    void burying_waits_for_the_threads_of_the_dead_and_interrupts_them() throws Exception {
        ByHand.Invocation invocation = begin();
        CountDownLatch working = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        invocation.bodies.execute(() -> {
            working.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        working.await();
        service.kill();

        assertThat(service.bury(Duration.ofSeconds(10))).isTrue();
        assertThat(interrupted).isTrue();
    }

    @Test
    void burying_does_not_wait_for_ever() throws Exception {
        ByHand.Invocation invocation = begin();
        CountDownLatch working = new CountDownLatch(1);
        AtomicBoolean released = new AtomicBoolean();
        invocation.bodies.execute(() -> {
            working.countDown();
            while (!released.get()) {
                Thread.onSpinWait();
            }
        });
        working.await();
        service.kill();

        assertThat(service.bury(Duration.ofMillis(20))).isFalse();
        released.set(true);
        assertThat(service.bury(Duration.ofSeconds(10))).isTrue();
    }
}
