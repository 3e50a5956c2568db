package io.durablesaga.embedded;

import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.MemoryStore;
import io.durablesaga.embedded.journal.Reads;
import io.durablesaga.embedded.journal.Store;
import io.durablesaga.embedded.journal.Writes;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FullDiskTest {
    private static final StepKey<@Nullable Void> CHARGE = StepKey.of("charge-card");

    private final AtomicBoolean full = new AtomicBoolean();
    private final List<String> effects = new CopyOnWriteArrayList<>();
    private final Saga<String, @Nullable Void> fillsTheDisk = SagaBuilder.saga("fills-the-disk", String.class)
            .step(
                    CHARGE,
                    s -> {
                        effects.add("charge " + s.attempt());
                        full.set(s.attempt() == 1);
                        return null;
                    },
                    undo((s, effect) -> effects.add("refund")))
            .returningNothing();

    @Test
    void what_could_not_be_recorded_goes_on_by_itself_and_is_not_undone() throws InterruptedException {
        try (EmbeddedEngine engine = EmbeddedEngine.builder().open(new FullOnce(), () -> {})) {
            engine.register(fillsTheDisk);

            // on the system's clock: the engine notices by itself that it is time to try again
            assertThat(engine.start(fillsTheDisk, "order-1", "input").await(Duration.ofMinutes(1)))
                    .containsInstanceOf(SagaResult.Completed.class);
        }
        assertThat(effects).containsExactly("charge 1", "charge 2");
    }

    /** Has no room for one group of changes, once the disk is full. */
    private final class FullOnce implements Store {
        private final MemoryStore store = new MemoryStore();

        @Override
        public void commit(Consumer<Writes> group) {
            if (full.getAndSet(false)) {
                throw new JournalException("the disk is full", null);
            }
            store.commit(group);
        }

        @Override
        public <T> T read(Function<Reads, T> question) {
            return store.read(question);
        }

        @Override
        public String name() {
            return store.name();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
