package io.durablesaga.lambda.service;

import static io.durablesaga.lambda.service.Updates.start;
import static io.durablesaga.lambda.service.Updates.succeed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.Operation;

/** What makes the calls of one line of control, and what has run by then, the same every time. */
class CalmTest extends ServiceTest {
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    @Test
    void the_start_of_an_operation_and_its_end_are_two_calls_where_they_come_in_one_checkpoint() {
        open(ServiceSettings.DEFAULT.calm(Duration.ofSeconds(10)));
        ByHand.Invocation invocation = begin();
        service.interfere(listening());
        var answer = invocation.write(start("a"), start("b"), succeed("a", "1"), succeed("b", "2"));

        assertThat(calls).containsExactly("[START a, START b]", "[SUCCEED a, SUCCEED b]");
        assertThat(answer.newExecutionState().operations())
                .extracting(Operation::name)
                .containsExactly("a", "b");
        invocation.write(start("c"));
    }

    @Test
    void a_call_that_fails_leaves_what_the_call_before_it_has_started() {
        open(ServiceSettings.DEFAULT.calm(Duration.ofSeconds(10)));
        ByHand.Invocation invocation = begin();
        service.interfere(new Interference() {
            @Override
            public void before(Call call) {
                if (call.changes().get(0).update().payload() != null) {
                    throw Refusals.throttled();
                }
            }
        });
        assertThatThrownBy(() -> invocation.write(start("a"), succeed("a", "1")))
                .hasMessageStartingWith("Rate exceeded");

        assertThat(execution().operation("a").statusAsString()).isEqualTo("STARTED");
    }

    @Test
    void they_are_one_call_where_calm_is_not_asked_for() {
        ByHand.Invocation invocation = begin();
        service.interfere(listening());
        invocation.write(start("a"), succeed("a", "1"));

        assertThat(calls).containsExactly("[START a, SUCCEED a]");
    }

    @Test
    void an_update_waits_until_the_threads_of_its_invocation_have_come_to_rest() throws Exception {
        open(ServiceSettings.DEFAULT.calm(Duration.ofSeconds(10)));
        ByHand.Invocation invocation = begin();
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        AtomicBoolean worked = new AtomicBoolean();
        invocation.bodies.execute(() -> {
            working.countDown();
            work(Duration.ofMillis(30));
            worked.set(true);
            waitFor(never);
        });
        working.await();
        AtomicBoolean workedByThen = new AtomicBoolean();
        service.interfere(new Interference() {
            @Override
            public void before(Call call) {
                workedByThen.set(worked.get());
            }
        });
        invocation.write(start("a"));
        never.countDown();

        assertThat(workedByThen).isTrue();
    }

    @Test
    void an_update_does_not_wait_for_ever() throws Exception {
        open(ServiceSettings.DEFAULT.calm(Duration.ofMillis(20)));
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
        invocation.write(start("a"));
        released.set(true);

        assertThat(execution().operations()).hasSize(1);
    }

    private Interference listening() {
        return new Interference() {
            @Override
            public void before(Call call) {
                calls.add(call.changes().stream()
                        .map(change -> change.update().action() + " "
                                + change.operation().name())
                        .toList()
                        .toString());
            }
        };
    }

    private static void work(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
