package io.durablesaga.lambda.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.lambda.durable.DurableFuture;

class SdkLinesTest extends SdkHandlerTest {

    @Test
    void a_child_context_has_operations_of_its_own() {
        register(
                "order",
                (input, context) -> context.runInChildContext("inner", String.class, child -> {
                            String first = child.step("first", String.class, step -> does("first"));
                            child.wait("nap", Duration.ofSeconds(5));
                            return first + ", " + child.step("second", String.class, step -> does("second"));
                        })
                        + context.step("third", String.class, step -> ", " + does("third")));
        start();
        advance(5);

        assertSucceeded("did first, did second, did third");
        assertThat(ran).containsExactly("first", "second", "third");
        assertThat(execution().operation("second").parentId())
                .isEqualTo(execution().operation("inner").id());
    }

    @Test
    void branches_run_at_the_same_time() {
        CountDownLatch both = new CountDownLatch(2);
        register("order", (input, context) -> {
            List<DurableFuture<String>> futures = new ArrayList<>();
            try (var parallel = context.parallel("both")) {
                for (String name : List.of("left", "right")) {
                    futures.add(parallel.branch(
                            name,
                            String.class,
                            branch -> branch.step("step-" + name, String.class, step -> {
                                both.countDown();
                                awaitOpen(both);
                                return does(name);
                            })));
                }
            }
            return futures.get(0).get() + ", " + futures.get(1).get();
        });
        start();

        assertSucceeded("did left, did right");
        assertThat(execution().operations()).hasSize(5);
    }

    @Test
    void a_pause_that_ends_while_another_line_is_at_work_is_seen_in_the_same_invocation() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch rested = new CountDownLatch(1);
        register("order", (input, context) -> {
            DurableFuture<String> left = context.runInChildContextAsync("left", String.class, child -> {
                child.wait("nap", Duration.ofHours(1));
                rested.countDown();
                return "rested";
            });
            DurableFuture<String> right = context.stepAsync("right", String.class, step -> {
                working.countDown();
                awaitOpen(rested);
                return "waited";
            });
            return left.get() + ", " + right.get();
        });
        service.start("order", "order-1", "\"books\"");
        working.await();
        while (execution().nextTimer() == null) {
            Thread.onSpinWait(); // the nap is recorded on another thread
        }
        service.advance(Duration.ofHours(1));
        service.settle();

        assertSucceeded("rested, waited");
        assertThat(execution().invocations()).isEqualTo(1);
    }

    @Test
    void an_invocation_that_waits_for_time_while_a_line_is_at_work_does_not_keep_the_service_busy() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger polls = new AtomicInteger();
        service.interfere(new Interference() {
            @Override
            public void before(Call call) {
                if (call.kind() == Call.Kind.POLL && polls.incrementAndGet() == 20) {
                    released.countDown();
                }
            }
        });
        register("order", (input, context) -> {
            DurableFuture<Void> nap = context.waitAsync("nap", Duration.ofHours(1));
            DurableFuture<String> step = context.stepAsync("step", String.class, s -> {
                working.countDown();
                awaitOpen(released);
                return "done";
            });
            String done = step.get();
            nap.get();
            return done;
        });
        long begun = System.nanoTime();
        start();

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isGreaterThan(ServiceSettings.DEFAULT.pause().multipliedBy(19));
        advance(3_600);
        assertSucceeded("done");
    }

    @Test
    void many_operations_are_replayed_from_many_pages() {
        register("order", (input, context) -> {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                int number = i;
                all.append(context.step("step-" + i, String.class, step -> does(String.valueOf(number))));
            }
            context.wait("nap", Duration.ofSeconds(5));
            return all.toString().replace("did ", "");
        });
        start();
        advance(5);

        assertSucceeded("012345678910111213141516171819");
        assertThat(ran).hasSize(20);
    }

    @Test
    void steps_side_by_side_are_written_together_or_apart_and_each_once() {
        register("order", (input, context) -> {
            List<DurableFuture<String>> steps = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                steps.add(context.stepAsync(
                        "step-" + i,
                        String.class,
                        step -> does(String.valueOf(number)),
                        number % 2 == 0 ? AT_MOST_ONCE : AT_LEAST_ONCE));
            }
            return String.valueOf(
                    steps.stream().map(DurableFuture::get).toList().size());
        });
        start();

        assertSucceeded("20");
        assertThat(ran).hasSize(20).doesNotHaveDuplicates();
    }
}
