package io.durablesaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Saga;
import io.durablesaga.StepRejected;
import io.durablesaga.Undo;
import io.durablesaga.embedded.journal.Disk;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.SqliteStore;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The disk is full, at the start and in the middle, and later has room again. */
class DiskFullTest extends EngineTest {
    private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(1);

    private final Saga<String, String> echo = echo("echo");
    private Disk disk;
    private EmbeddedEngine engine;

    @BeforeEach
    void openOverCappedFile() {
        SqliteStore store = SqliteStore.open(journal());
        disk = new Disk(store);
        engine = over(store, builder -> builder);
        engine.register(echo);
    }

    /** What has no room is retried after a while; time stands still in these tests. */
    private void timePasses() {
        clock.advance(LONGEST_BACKOFF);
    }

    @Test
    void an_execution_that_there_is_no_room_for_is_not_started_and_can_be_once_there_is() {
        String large = "x".repeat(100_000);
        disk.fill();
        assertThatThrownBy(() -> engine.start(echo, "one", large))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(journal().toString())
                .hasMessageContaining("the disk is full")
                .hasMessageContaining("make room");
        assertThat(engine.find(echo, "one")).isEmpty();

        disk.makeRoom();
        assertThat(completed(engine.start(echo, "one", large))).isEqualTo("did " + large);
    }

    @Test
    void an_outcome_that_there_is_no_room_for_is_no_failure_and_its_step_is_attempted_again_with_the_same_key() {
        Queue<String> keys = new ConcurrentLinkedQueue<>();
        CountDownLatch tried = new CountDownLatch(1);
        AtomicInteger undone = new AtomicInteger();
        Saga<String, String> large = saga("large")
                .step(
                        A,
                        s -> {
                            keys.add(s.key());
                            tried.countDown();
                            return "x".repeat(100_000);
                        },
                        Undo.undo((s, effect) -> undone.incrementAndGet()))
                .step(B, s -> "b" + keys.size(), none())
                .returning(String.class, v -> v.result(B));
        engine.register(large);
        Execution<String> small = engine.start(echo, "small", "x");
        completed(small);
        disk.fill();
        Execution<String> execution = engine.start(large, "one", "x");
        await(tried);
        engine.awaitIdle();
        assertThat(execution.result()).isEmpty();
        assertThat(small.events()).isNotEmpty();
        assertThat(completed(engine.start(echo, "another", "x"))).isEqualTo("did x");

        disk.makeRoom();
        timePasses();
        assertThat(completed(execution)).isEqualTo("b2");
        assertThat(keys).hasSize(2);
        assertThat(keys.stream().distinct()).hasSize(1);
        assertThat(undone).hasValue(0);
    }

    @Test
    void a_rejection_after_an_outcome_that_was_lost_is_unknown() {
        CountDownLatch tried = new CountDownLatch(1);
        Saga<String, String> large = saga("large")
                .step(
                        A,
                        s -> {
                            tried.countDown();
                            if (s.attempt() > 1) {
                                throw new StepRejected("already done");
                            }
                            return "x".repeat(100_000);
                        },
                        none())
                .step(B, s -> "b", none())
                .returning(String.class, v -> v.result(B));
        engine.register(large);
        disk.fill();
        Execution<String> execution = engine.start(large, "one", "x");
        await(tried);
        engine.awaitIdle();
        disk.makeRoom();
        timePasses();
        SagaResult<String> result = ended(execution);
        assertThat(result).isInstanceOf(SagaResult.Compensated.class);
        assertThat(((SagaResult.Compensated<String>) result).cause().failure().kind())
                .isEqualTo(Failure.Kind.UNKNOWN);
    }

    @Test
    void a_disk_that_stays_full_is_asked_less_and_less_often() {
        AtomicInteger attempts = new AtomicInteger();
        Saga<String, String> large = saga("large")
                .step(
                        A,
                        s -> {
                            attempts.incrementAndGet();
                            return "x".repeat(100_000);
                        },
                        none())
                .step(B, s -> "b", none())
                .returning(String.class, v -> v.result(B));
        engine.register(large);
        disk.fill();
        Execution<String> execution = engine.start(large, "one", "x");
        engine.awaitIdle();
        for (int second = 0; second < 16; second++) {
            clock.advance(Duration.ofSeconds(1));
            engine.awaitIdle();
        }
        assertThat(attempts).as("after 0, 1, 3, 7 and 15 seconds").hasValue(5);
        disk.makeRoom();
        timePasses();
        assertThat(completed(execution)).isEqualTo("b");
    }

    @Test
    void a_full_disk_found_on_opening_can_be_opened_later() {
        Execution<String> before = engine.start(echo, "one", "x");
        completed(before);
        disk.fill();
        List<ExecutionSummary> listed = engine.list(ExecutionQuery.all());
        engine.close();
        EmbeddedEngine again = open();
        assertThat(again.list(ExecutionQuery.all())).isEqualTo(listed);
    }
}
