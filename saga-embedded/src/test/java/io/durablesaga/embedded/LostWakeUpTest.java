package io.durablesaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.embedded.journal.ExecutionRow;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.MemoryStore;
import io.durablesaga.event.SagaEvent;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever is due gets an incarnation, and one only. */
class LostWakeUpTest extends EngineTest {
    private final MemoryStore memory = new MemoryStore();
    private final WatchedStore store = new WatchedStore(memory);

    /** Time passes between any two looks at the clock, also between asking what is due and asking when the next is. */
    @Test
    void nothing_becomes_due_unseen_between_two_looks_at_the_clock() {
        AtomicLong time = new AtomicLong();
        InstantSource ticking = () -> Instant.ofEpochMilli(time.incrementAndGet());
        EmbeddedEngine engine = inMemory(builder -> builder.clock(ticking));
        List<Saga<String, String>> sagas = IntStream.rangeClosed(1, 15)
                .mapToObj(i -> saga("nap-" + i)
                        .sleep("nap", Duration.ofMillis(i))
                        .step(A, s -> "woke", none())
                        .returning(String.class, v -> v.result(A)))
                .toList();
        sagas.forEach(engine::register);
        for (Saga<String, String> saga : sagas) {
            assertThat(completed(engine.start(saga, saga.name(), "x"))).isEqualTo("woke");
        }
    }

    @Test
    void an_execution_that_could_not_be_written_goes_on_by_itself_once_it_can() {
        EmbeddedEngine engine = over(store, builder -> builder.clock(InstantSource.system()));
        Saga<String, String> echo = echo("echo");
        engine.register(echo);
        AtomicInteger failures = new AtomicInteger(1);
        store.onWrite(row -> {
            if (row instanceof ExecutionRow execution && execution.state().ended() && failures.getAndDecrement() > 0) {
                throw new JournalException("the disk is out of order", null);
            }
        });

        assertThat(completed(engine.start(echo, "one", "x"))).isEqualTo("did x");
        assertThat(failures.get()).isNegative();
    }

    @Test
    void an_input_whose_refusal_could_not_be_written_is_still_refused_once_it_can() {
        EmbeddedEngine engine = over(store, builder -> builder.clock(InstantSource.system()));
        Saga<String, String> child = saga("child")
                .validate(input -> {
                    throw new IllegalArgumentException("not this");
                })
                .step(A, s -> "did " + s.input(), none())
                .returning(String.class, v -> v.result(A));
        Saga<String, String> parent =
                saga("parent").invoke(B, "child", v -> "x", none()).returning(String.class, v -> v.result(B));
        engine.register(child);
        engine.register(parent);
        AtomicInteger failures = new AtomicInteger(1);
        store.onWrite(row -> {
            if (row instanceof ExecutionRow execution
                    && execution.saga().equals("child")
                    && execution.state().ended()
                    && failures.getAndDecrement() > 0) {
                throw new JournalException("the disk is out of order", null);
            }
        });

        assertThat(ended(engine.start(parent, "one", "x"))).isInstanceOf(SagaResult.Compensated.class);
        assertThat(failures.get()).isNegative();
    }

    @Test
    void more_due_executions_than_there_is_room_for_all_go_on() {
        Saga<String, String> echo = saga("echo")
                .sleep("nap", Duration.ofSeconds(1))
                .step(A, s -> "woke", none())
                .returning(String.class, v -> v.result(A));
        EmbeddedEngine engine = inMemory(builder -> builder.threads(2));
        engine.register(echo);
        List<Execution<String>> executions = IntStream.range(0, 500)
                .mapToObj(i -> engine.start(echo, "n" + i, "x"))
                .toList();
        engine.awaitIdle();
        clock.advance(Duration.ofSeconds(1));

        executions.forEach(execution -> assertThat(completed(execution)).isEqualTo("woke"));
    }

    @Test
    void a_timer_that_cannot_ask_what_is_due_asks_again() {
        EmbeddedEngine engine = over(store, builder -> builder.clock(InstantSource.system()));
        Saga<String, String> napper = saga("napper")
                .sleep("nap", Duration.ofMillis(1))
                .step(A, s -> "woke", none())
                .returning(String.class, v -> v.result(A));
        engine.register(napper);
        AtomicInteger failures = new AtomicInteger(1);
        store.onAnswer((question, answer) -> {
            if (question.equals("due") && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("the disk cannot be read");
            }
        });

        assertThat(completed(engine.start(napper, "one", "x"))).isEqualTo("woke");
        assertThat(failures.get()).isNotPositive();
    }

    /** What was due when the timer asked may have been gone on with, and even ended, before the timer acts on the answer. */
    @Test
    void an_execution_that_ended_while_the_timer_was_looking_is_not_run_again() {
        Queue<String> events = new ConcurrentLinkedQueue<>();
        EmbeddedEngine engine = over(
                store,
                builder -> builder.threads(1).listener(event -> {
                    if (event.execution().name().equals("one")) {
                        events.add(nameOf(event));
                    }
                }));
        Saga<String, String> echo = echo("echo");
        engine.register(echo);
        Saga<String, String> napper =
                saga("napper").sleep("nap", Duration.ofSeconds(1)).returning(String.class, v -> "woke");
        engine.register(napper);
        Execution<String> execution = engine.start(napper, "one", "x");
        engine.awaitIdle();
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        store.onAnswer((question, answer) -> {
            boolean some = answer instanceof List<?> list && !list.isEmpty();
            if (question.equals("records") && some) {
                loading.countDown();
                await(asked);
            } else if (question.equals("due") && some && loading.getCount() == 0 && asked.getCount() > 0) {
                asked.countDown();
                await(ended);
            }
        });

        clock.advance(Duration.ofSeconds(1));
        await(loading);
        clock.advance(Duration.ofSeconds(1));
        assertThat(completed(execution)).isEqualTo("woke");
        completed(engine.start(echo, "two", "the only thread is done with the first"));
        ended.countDown();
        engine.awaitIdle();

        assertThat(events).containsExactly("Started", "Completed", "Ended");
        long endings = store.commits().stream()
                .flatMap(List::stream)
                .filter(row -> row instanceof ExecutionRow written
                        && written.name().equals("one")
                        && written.state().ended())
                .count();
        assertThat(endings).isEqualTo(1);
    }

    private static String nameOf(SagaEvent event) {
        return event.getClass().getSimpleName();
    }
}
