package io.durablesaga.embedded;

import static io.durablesaga.Within.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.embedded.journal.ExecutionRow;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.MemoryStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A store that throws after its commit: what was written counts, although nobody was told. */
class LostAcknowledgementTest extends EngineTest {
    private static final Duration BACKOFF = Duration.ofSeconds(1);

    private final MemoryStore memory = new MemoryStore();
    private final WatchedStore store = new WatchedStore(memory);
    private final AtomicBoolean lost = new AtomicBoolean();

    /** Loses the acknowledgement of the next commit. */
    private void loseNext() {
        lost.set(true);
        store.onCommit(() -> {}, this::throwOnce);
    }

    /** Loses the acknowledgement of the commit that ends an execution. */
    private void loseTheEndOf(Saga<?, ?> saga) {
        store.onWrite(row -> {
            if (row instanceof ExecutionRow execution
                    && execution.saga().equals(saga.name())
                    && execution.state().ended()) {
                lost.set(true);
            }
        });
        store.onCommit(() -> {}, this::throwOnce);
    }

    private void throwOnce() {
        if (lost.compareAndSet(true, false)) {
            throw new JournalException("the connection broke", null);
        }
    }

    @Test
    void an_execution_whose_start_is_durable_runs() {
        EmbeddedEngine engine = over(store, builder -> builder);
        Saga<String, String> echo = echo("echo");
        engine.register(echo);
        loseNext();
        assertThatThrownBy(() -> engine.start(echo, "one", "x")).isInstanceOf(JournalException.class);

        engine.awaitIdle();
        assertThat(engine.find(echo, "one").flatMap(Execution::result)).isPresent();
        assertThat(completed(engine.start(echo, "one", "x"))).isEqualTo("did x");
        assertThat(engine.held()).isZero();
    }

    @Test
    void a_start_that_is_not_durable_is_none() {
        EmbeddedEngine engine = over(store, builder -> builder);
        Saga<String, String> echo = echo("echo");
        engine.register(echo);
        AtomicBoolean failed = new AtomicBoolean();
        store.onWrite(row -> {
            if (failed.compareAndSet(false, true)) {
                throw new JournalException("the disk is out of order", null);
            }
        });
        assertThatThrownBy(() -> engine.start(echo, "one", "x")).isInstanceOf(JournalException.class);

        engine.awaitIdle();
        assertThat(engine.find(echo, "one")).isEmpty();
        assertThat(engine.held()).isZero();
    }

    @Test
    void an_answer_that_is_durable_is_heard_at_once() {
        StepKey<String> answer = StepKey.of("answer", String.class);
        Saga<String, String> saga = saga("asking")
                .await(answer, within(Duration.ofHours(1)), (s, id) -> {}, none())
                .returning(String.class, v -> v.result(answer));
        EmbeddedEngine engine = over(store, builder -> builder);
        engine.register(saga);
        Execution<String> execution = engine.start(saga, "one", "x");
        engine.awaitIdle();
        String id = engine.callbacks("one").get(0).id();
        loseNext();
        assertThatThrownBy(() -> engine.completeCallback(id, "yes")).isInstanceOf(JournalException.class);

        engine.awaitIdle();
        assertThat(execution.result()).isPresent();
        assertThat(completed(execution)).isEqualTo("yes");
    }

    @Test
    void whoever_waits_for_an_end_that_is_durable_hears_of_it() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(1);
        Saga<String, String> saga = saga("slow")
                .step(
                        A,
                        s -> {
                            await(waiting);
                            return "did";
                        },
                        none())
                .returning(String.class, v -> v.result(A));
        EmbeddedEngine engine = over(store, builder -> builder);
        engine.register(saga);
        loseTheEndOf(saga);
        Execution<String> execution = engine.start(saga, "one", "x");
        Thread waiter = new Thread(() -> {
            try {
                var unused = execution.await(Duration.ofDays(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiter.setDaemon(true);
        waiter.start();
        while (engine.waiters() == 0) {
            Thread.onSpinWait();
        }
        waiting.countDown();
        engine.awaitIdle();
        clock.advance(BACKOFF);

        waiter.join(SOON.toMillis());
        assertThat(waiter.isAlive()).isFalse();
    }

    /** Its incarnation is live, since its other branch is still at work. */
    @Test
    void an_execution_that_invoked_another_hears_of_an_end_that_is_durable() {
        CountDownLatch heard = new CountDownLatch(1);
        Saga<String, String> child = echo("child");
        Saga<String, String> parent = saga("parent")
                .parallel(
                        "both",
                        both -> both.branch(
                                        "left",
                                        left -> left.invoke(B, "child", v -> v.input(), none())
                                                .step(
                                                        C,
                                                        s -> {
                                                            heard.countDown();
                                                            return "heard";
                                                        },
                                                        none()))
                                .step(
                                        A,
                                        s -> {
                                            await(heard);
                                            return "late";
                                        },
                                        none()))
                .returning(String.class, v -> v.result(A) + v.result(C));
        EmbeddedEngine engine = over(store, builder -> builder);
        engine.register(child);
        engine.register(parent);
        loseTheEndOf(child);
        Execution<String> execution = engine.start(parent, "one", "x");
        while (heard.getCount() > 0) {
            clock.advance(BACKOFF);
        }

        assertThat(completed(execution)).isEqualTo("lateheard");
    }
}
