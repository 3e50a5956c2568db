package io.durablesaga.embedded;

import static io.durablesaga.Within.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.embedded.journal.CallbackRow;
import io.durablesaga.embedded.journal.ExecutionRow;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.MemoryStore;
import io.durablesaga.embedded.journal.RecordRow;
import io.durablesaga.event.SagaEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is recorded is never recorded in parts, nor out of order, nor built upon before it is. */
class RecordOrderTest extends EngineTest {
    private final MemoryStore memory = new MemoryStore();
    private final WatchedStore store = new WatchedStore(memory);
    private final Queue<String> events = new ConcurrentLinkedQueue<>();

    /** The outcome of one member is lost while the other member still runs: what follows may not start on it. */
    @Test
    void nothing_starts_on_an_outcome_that_could_not_be_recorded() {
        CountDownLatch bothRun = new CountDownLatch(2);
        CountDownLatch lost = new CountDownLatch(1);
        AtomicBoolean failed = new AtomicBoolean();
        store.onWrite(row -> {
            if (isOutcome(row, "both/a") && failed.compareAndSet(false, true)) {
                lost.countDown();
                throw new JournalException("the disk is out of order", null);
            }
        });
        Queue<Boolean> recorded = new ConcurrentLinkedQueue<>();
        Saga<String, String> saga = saga("order")
                .parallel(
                        "both",
                        members -> members.step(
                                        A,
                                        s -> {
                                            bothRun.countDown();
                                            await(bothRun);
                                            return "attempt " + s.attempt();
                                        },
                                        none())
                                .step(
                                        B,
                                        s -> {
                                            bothRun.countDown();
                                            await(bothRun);
                                            await(lost);
                                            return "b";
                                        },
                                        none()))
                .step(
                        C,
                        s -> {
                            recorded.add(memory.read(reads -> reads.records(1)).stream()
                                    .anyMatch(row -> isOutcome(row, "both/a")));
                            return "c";
                        },
                        none())
                .returning(String.class, v -> v.result(A));
        EmbeddedEngine engine = over(store, builder -> builder.clock(InstantSource.system()));
        engine.register(saga);

        assertThat(completed(engine.start(saga, "one", "x"))).isEqualTo("attempt 2");
        assertThat(recorded).containsExactly(true);
    }

    /** The disk fails between two outcomes: the first is told once all the same. */
    @Test
    void what_is_durable_is_told_once_even_if_the_next_record_fails() {
        CountDownLatch durable = new CountDownLatch(1);
        CountDownLatch bothRun = new CountDownLatch(2);
        AtomicBoolean failed = new AtomicBoolean();
        store.onWrite(row -> {
            if (isOutcome(row, "both/b") && failed.compareAndSet(false, true)) {
                throw new JournalException("the disk is out of order", null);
            }
        });
        Saga<String, String> saga = saga("order")
                .parallel(
                        "both",
                        members -> members.step(
                                        A,
                                        s -> {
                                            bothRun.countDown();
                                            await(bothRun);
                                            return "a";
                                        },
                                        none())
                                .step(
                                        B,
                                        s -> {
                                            bothRun.countDown();
                                            await(bothRun);
                                            await(durable);
                                            return "b";
                                        },
                                        none()))
                .returning(String.class, v -> v.result(A) + v.result(B));
        EmbeddedEngine engine = over(
                store,
                builder -> builder.clock(InstantSource.system()).listener(event -> events.add(described(event))));
        engine.register(saga);
        Execution<String> execution = engine.start(saga, "one", "x");
        while (durable.getCount() > 0) {
            if (store.commits().stream().flatMap(List::stream).anyMatch(row -> isOutcome(row, "both/a"))) {
                durable.countDown();
            }
            Thread.onSpinWait();
        }

        assertThat(completed(execution)).isEqualTo("ab");
        assertThat(events).containsExactly("Started", "Completed both/a", "Completed both/b", "Ended");
    }

    /** Lines of control that write at the same time: a crash may come between any two commits. */
    @Test
    void an_open_callback_and_a_started_child_are_in_the_commit_that_says_so() {
        Saga<String, String> child = echo("child");
        Saga<String, String> saga = saga("wide")
                .parallel(
                        "all",
                        members -> IntStream.range(0, 4)
                                .forEach(i -> members.branch(
                                                "await-" + i,
                                                b -> b.await(
                                                        key("callback-" + i),
                                                        within(Duration.ofHours(1)),
                                                        (s, id) -> {},
                                                        none()))
                                        .branch(
                                                "invoke-" + i,
                                                b -> b.invoke(key("child-" + i), "child", v -> "x", none()))
                                        .step(key("step-" + i), s -> "did", none())))
                .returning(String.class, v -> "done");
        EmbeddedEngine engine = over(store, builder -> builder.threads(8));
        engine.register(child);
        engine.register(saga);
        IntStream.range(0, 100).forEach(i -> engine.start(saga, "n" + i, "x"));
        engine.awaitIdle();

        assertThat(store.commits()).isNotEmpty();
        store.commits().forEach(RecordOrderTest::requireWhole);
        assertThat(engine.callbacks("n99")).hasSize(4);
    }

    private static void requireWhole(List<Object> commit) {
        for (Object row : commit) {
            if (row instanceof RecordRow opened && opened.event() == RecordRow.Event.OPENED) {
                assertThat(commit).anyMatch(other -> switch (opened.kind()) {
                    case CALLBACK ->
                        other instanceof CallbackRow callback && callback.id().equals(opened.payload());
                    case INVOKE ->
                        other instanceof ExecutionRow execution
                                && execution.name().equals(opened.payload());
                    default -> true;
                });
            }
        }
    }

    private static StepKey<String> key(String name) {
        return StepKey.of(name, String.class);
    }

    private static boolean isOutcome(Object row, String name) {
        return row instanceof RecordRow recorded
                && recorded.name().equals(name)
                && recorded.event() == RecordRow.Event.COMPLETED;
    }

    private static String described(SagaEvent event) {
        return event instanceof SagaEvent.Completed completed
                ? "Completed " + completed.path()
                : event.getClass().getSimpleName();
    }
}
