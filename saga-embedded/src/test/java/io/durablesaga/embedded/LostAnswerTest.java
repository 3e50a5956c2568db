package io.durablesaga.embedded;

import static io.durablesaga.Within.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Saga;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.MemoryStore;
import io.durablesaga.engine.CallbackAnswer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A store that has written what it says it could not: whoever asked is told of a failure, and what is written counts. */
class LostAnswerTest extends EngineTest {
    private final WatchedStore store = new WatchedStore(new MemoryStore());
    private final AtomicBoolean loses = new AtomicBoolean();

    private EmbeddedEngine losing() {
        store.onCommit(() -> {}, () -> {
            if (loses.getAndSet(false)) {
                throw new JournalException("the connection broke after the commit", null);
            }
        });
        return over(store, builder -> builder);
    }

    @Test
    void a_start_whose_answer_was_lost_goes_on_when_it_is_repeated() {
        EmbeddedEngine engine = losing();
        Saga<String, String> echo = echo("echo");
        engine.register(echo);
        loses.set(true);
        assertThatThrownBy(() -> engine.start(echo, "one", "x")).isInstanceOf(JournalException.class);

        assertThat(completed(engine.start(echo, "one", "x"))).isEqualTo("did x");
    }

    @Test
    void a_callback_whose_completion_was_answered_by_a_failure_is_completed_all_the_same() {
        EmbeddedEngine engine = losing();
        Saga<String, String> saga = saga("asks")
                .await(A, within(Duration.ofHours(1)), (s, id) -> {}, none())
                .returning(String.class, v -> v.result(A));
        engine.register(saga);
        Execution<String> execution = engine.start(saga, "one", "x");
        engine.awaitIdle();
        String callback = engine.callbacks("one").get(0).id();
        loses.set(true);
        assertThatThrownBy(() -> engine.completeCallback(callback, "\"yes\"")).isInstanceOf(JournalException.class);

        assertThat(completed(execution)).isEqualTo("yes");
        assertThat(engine.completeCallback(callback, "\"no\"")).isEqualTo(CallbackAnswer.DUPLICATE);
    }
}
