package io.durablesaga.embedded;

import static io.durablesaga.Within.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Saga;
import io.durablesaga.embedded.journal.Committer;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.MemoryStore;
import io.durablesaga.engine.CallbackAnswer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A store that has written what it says it could not: whoever asked is told of a failure, and what is written counts. */
class LostAnswerTest extends EngineTest {
    private final WatchedStore store = new WatchedStore(new MemoryStore());
    private final AtomicBoolean loses = new AtomicBoolean();

    LostAnswerTest() {
        store.onCommit(() -> {}, () -> {
            if (loses.getAndSet(false)) {
                throw new JournalException("the connection broke after the commit", null);
            }
        });
    }

    @Test
    void a_start_whose_answer_was_lost_goes_on_when_it_is_repeated() {
        EmbeddedEngine engine = over(store, builder -> builder);
        Saga<String, String> echo = echo("echo");
        engine.register(echo);
        loses.set(true);
        assertThatThrownBy(() -> engine.start(echo, "one", "x")).isInstanceOf(JournalException.class);

        assertThat(completed(engine.start(echo, "one", "x"))).isEqualTo("did x");
    }

    @Test
    void a_callback_whose_completion_was_answered_by_a_failure_is_completed_all_the_same() {
        EmbeddedEngine engine = over(store, builder -> builder);
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

    @Test
    void what_was_written_together_and_answered_by_a_failure_is_not_written_again() {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger applied = new AtomicInteger();
        try (Committer committer = new Committer(store)) {
            CompletableFuture<Boolean> first = committer.submit(writes -> {
                busy.countDown();
                await(go);
                return true;
            });
            await(busy);
            CompletableFuture<Integer> one = committer.submit(writes -> {
                loses.set(true);
                return applied.incrementAndGet();
            });
            CompletableFuture<Integer> other = committer.submit(writes -> applied.incrementAndGet());
            go.countDown();

            assertThat(first).succeedsWithin(SOON);
            assertThat(one).failsWithin(SOON);
            assertThat(other).failsWithin(SOON);
            assertThat(applied).hasValue(2);
        }
    }
}
