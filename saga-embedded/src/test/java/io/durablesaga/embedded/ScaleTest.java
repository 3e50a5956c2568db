package io.durablesaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.embedded.ExecutionSummary.State;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many executions: what waits takes no thread and no memory, and nobody is forgotten. */
class ScaleTest extends EngineTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final EngineThreads threads = new EngineThreads();
    private final AtomicInteger woken = new AtomicInteger();
    private final Saga<String, String> napper = saga("napper")
            .sleep("nap", HOUR)
            .step(A, s -> "woke " + woken.incrementAndGet(), none())
            .returning(String.class, v -> v.result(A));

    @Test
    void ten_thousand_sleeping_executions_hold_no_thread_and_no_memory_and_all_wake_up() {
        int many = 10_000;
        EmbeddedEngine engine = open(builder -> builder.threads(4));
        engine.register(napper);
        Callers.call(16, many, i -> engine.start(napper, "n" + i, "x"));
        engine.awaitIdle();

        assertThat(engine.held()).isZero();
        assertThat(engine.waiters()).isZero();
        assertThat(threads.alive()).as("4 workers, the timer, the committer").hasSizeLessThanOrEqualTo(6);
        assertThat(engine.list(ExecutionQuery.in(State.WAITING).limit(many + 1)))
                .hasSize(many);

        clock.advance(HOUR);
        engine.awaitIdle();
        assertThat(woken).hasValue(many);
        assertThat(engine.list(ExecutionQuery.in(State.COMPLETED).limit(many + 1)))
                .hasSize(many);
        assertThat(engine.held()).isZero();
    }

    /** A line that waits for days while a sibling's body runs: the engine is told when, and forgets it with the execution. */
    @Test
    void what_waited_beside_a_running_body_leaves_nothing_behind_either() {
        EmbeddedEngine engine = inMemory(builder -> builder);
        Saga<String, String> saga = saga("beside")
                .parallel(
                        "both",
                        members -> members.branch(
                                        "nap",
                                        b -> b.sleep("long", Duration.ofDays(100))
                                                .step(A, s -> "a", none()))
                                .branch("work", b -> b.step(B, s -> "b", none()).step(C, s -> "c", none())))
                .returning(String.class, v -> "done");
        engine.register(saga);
        IntStream.range(0, 500).forEach(i -> engine.start(saga, "n" + i, "x"));
        engine.awaitIdle();
        assertThat(engine.held()).isZero();
    }

    @Test
    void two_thousand_unfinished_executions_go_on_when_the_journal_is_opened_again() {
        int many = 2_000;
        EmbeddedEngine engine = open(builder -> builder.threads(4));
        engine.register(napper);
        Callers.call(16, many, i -> engine.start(napper, "n" + i, "x"));
        engine.awaitIdle();
        engine.close();
        clock.advance(HOUR);

        EmbeddedEngine again = open(builder -> builder.threads(2));
        again.register(napper);
        List<ExecutionSummary> all = again.list(ExecutionQuery.all().limit(many));
        assertThat(all).hasSize(many);
        all.forEach(summary -> completed(again.find(napper, summary.name()).orElseThrow()));
        assertThat(woken).hasValue(many);
    }

    @Test
    void sixty_four_clients_who_each_run_fifty_sagas_share_commits() {
        int many = 64 * 50;
        Set<String> results = ConcurrentHashMap.newKeySet();
        Saga<String, String> three = saga("three")
                .step(A, s -> s.input(), none())
                .step(B, s -> s.input(), none())
                .step(C, s -> s.input(), none())
                .returning(String.class, v -> v.result(A) + v.result(B) + v.result(C));
        EmbeddedEngine engine = open(builder -> builder.threads(64));
        engine.register(three);
        long before = engine.commits();
        Callers.call(64, many, i -> results.add(completed(engine.start(three, "n" + i, i + "."))));

        assertThat(results).hasSize(many);
        long alone = 4L * many;
        System.out.printf(
                "%d sagas of 3 steps by 64 clients: %d commits, alone %d%n", many, engine.commits() - before, alone);
        assertThat(engine.commits() - before).isLessThan(alone / 2);
    }
}
