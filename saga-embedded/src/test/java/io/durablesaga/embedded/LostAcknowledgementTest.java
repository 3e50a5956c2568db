package io.durablesaga.embedded;

import static io.durablesaga.Within.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.MemoryStore;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A store that throws after its commit: what was written counts, although nobody was told. */
class LostAcknowledgementTest extends EngineTest {
    private final MemoryStore memory = new MemoryStore();
    private final WatchedStore store = new WatchedStore(memory);
    private final AtomicBoolean lost = new AtomicBoolean();

    /** Loses the acknowledgement of the next commit. */
    private void loseNext() {
        lost.set(true);
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
}
