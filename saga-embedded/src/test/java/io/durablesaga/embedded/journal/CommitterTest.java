package io.durablesaga.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the committer does where its store fails after all changes are applied: they may be durable, or not. */
class CommitterTest {
    private final MemoryStore memory = new MemoryStore();
    private final AtomicBoolean lost = new AtomicBoolean();
    private final Committer committer = new Committer(new Unacknowledging());

    /** A store whose next acknowledgement is lost. */
    private final class Unacknowledging implements Store {
        @Override
        public void commit(Consumer<Writes> group) {
            memory.commit(group);
            if (lost.compareAndSet(true, false)) {
                throw new JournalException("the connection broke", null);
            }
        }

        @Override
        public <T> T read(Function<Reads, T> question) {
            return memory.read(question);
        }

        @Override
        public String name() {
            return "unacknowledging";
        }

        @Override
        public void close() {}
    }

    @Test
    void no_change_is_applied_again_that_may_be_durable() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch queued = new CountDownLatch(1);
        CompletableFuture<Boolean> holding = committer.submit(writes -> {
            busy.countDown();
            return awaited(queued);
        });
        assertThat(awaited(busy)).isTrue();
        AtomicBoolean[] applied = {new AtomicBoolean(), new AtomicBoolean(), new AtomicBoolean()};
        List<CompletableFuture<Boolean>> group = new ArrayList<>();
        IntStream.range(0, applied.length)
                .forEach(i -> group.add(committer.submit(writes -> applied[i].getAndSet(true))));
        group.add(committer.submit(writes -> lost.getAndSet(true)));
        queued.countDown();

        assertThat(holding.join()).isTrue();
        for (CompletableFuture<Boolean> change : group) {
            assertThatThrownBy(change::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(JournalException.class)
                    .hasMessageContaining("the connection broke");
        }
        assertThat(committer.submit(writes -> true).join()).isTrue();
        committer.close();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
