package io.durablesaga.lambda;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.lambda.service.FunctionUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.lambda.durable.DurableConfig;

/** A pool of the function's that takes no more. */
class ThreadsTest extends FunctionTest {
    private static final StepKey<String> A = StepKey.of("a", String.class);
    private static final StepKey<String> B = StepKey.of("b", String.class);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void a_pool_that_takes_no_more_threads_neither_fails_a_step_nor_leaves_an_invocation_hanging(int rejected) {
        Saga<String, String> saga = SagaBuilder.saga("wide", String.class)
                .parallel(
                        "group",
                        group -> group.branch(
                                        "waiting",
                                        branch -> branch.sleep("nap", Duration.ofHours(1))
                                                .step(A, s -> call("a"), undo((s, effect) -> call("undo a"))))
                                .step(B, s -> call("b"), undo((s, effect) -> call("undo b"))))
                .returning(String.class, v -> v.result(A));
        AtomicInteger tasks = new AtomicInteger();
        service.register("wide", function(saga, tasks, rejected));
        service.start("wide", NAME, "\"\"");

        assertThat(goOn().result()).contains("\"completed\"");
        assertThat(calls).containsExactly("b", "a");
    }

    @Test
    void a_retry_that_the_pool_does_not_take_does_not_leave_the_invocation_hanging() {
        CountDownLatch again = new CountDownLatch(1);
        Saga<String, String> saga = SagaBuilder.saga("wide", String.class)
                .parallel(
                        "group",
                        group -> group.step(
                                        A,
                                        with().retry(Retries.every(Duration.ofSeconds(1), 3)),
                                        s -> {
                                            if (s.attempt() == 1) {
                                                throw new IllegalStateException("not now");
                                            }
                                            again.countDown();
                                            return call("a");
                                        },
                                        undo((s, effect) -> call("undo a")))
                                .step(
                                        B,
                                        s -> {
                                            while (service.execution(NAME).nextTimer() == null) {
                                                Thread.onSpinWait();
                                            }
                                            service.advance(Duration.ofSeconds(1));
                                            boolean unused = again.await(4, TimeUnit.SECONDS);
                                            return call("b");
                                        },
                                        undo((s, effect) -> call("undo b"))))
                .returning(String.class, v -> v.result(A));
        AtomicInteger tasks = new AtomicInteger();
        service.register("wide", function(saga, tasks, 4)); // the handler, two steps, and this
        service.start("wide", NAME, "\"\"");

        assertThat(goOn().result()).contains("\"completed\"");
        assertThat(calls).containsExactlyInAnyOrder("a", "b");
    }

    private FunctionUnderTest function(Saga<String, String> saga, AtomicInteger tasks, int rejected) {
        return (input, client, bodies) -> new Handler(
                        saga,
                        settings.sdk(DurableConfig.builder()
                                .withDurableExecutionClient(client)
                                .withExecutorService(new Full(bodies, tasks, rejected))
                                .build()))
                .execute(input, invocation);
    }

    /** Takes all tasks but one. */
    private static final class Full extends AbstractExecutorService {
        private final ExecutorService pool;
        private final AtomicInteger tasks;
        private final int rejected;

        Full(ExecutorService pool, AtomicInteger tasks, int rejected) {
            this.pool = pool;
            this.tasks = tasks;
            this.rejected = rejected;
        }

        @Override
        public void execute(Runnable task) {
            if (tasks.incrementAndGet() == rejected) {
                throw new RejectedExecutionException("full");
            }
            pool.execute(task);
        }

        @Override
        public void shutdown() {
            pool.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return pool.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return pool.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return pool.isTerminated();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            return pool.awaitTermination(timeout, unit);
        }
    }
}
