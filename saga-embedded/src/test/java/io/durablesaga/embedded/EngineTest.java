package io.durablesaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.Undo;
import io.durablesaga.embedded.journal.Store;
import io.durablesaga.result.SagaResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the engine have in common: a journal, a clock that stands until it is moved, and engines that get closed. */
@Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class EngineTest {
    /** Longer than anything takes that ends at all. */
    static final Duration SOON = Duration.ofSeconds(20);

    static final StepKey<String> A = StepKey.of("a", String.class);
    static final StepKey<String> B = StepKey.of("b", String.class);
    static final StepKey<String> C = StepKey.of("c", String.class);

    @TempDir(factory = FastFolder.class)
    Path folder;

    final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<EmbeddedEngine> engines = new ArrayList<>();

    @AfterEach
    void closeAll() {
        engines.forEach(EmbeddedEngine::close);
    }

    final Path journal() {
        return folder.resolve("journal.db");
    }

    /** An engine over the test's journal, on the test's clock. */
    final EmbeddedEngine open() {
        return open(builder -> builder);
    }

    final EmbeddedEngine open(UnaryOperator<EngineBuilder> settings) {
        return closedAfterwards(settings.apply(builder()).open(journal()));
    }

    /** An engine over a store of the test's own. */
    final EmbeddedEngine over(Store store, UnaryOperator<EngineBuilder> settings) {
        return closedAfterwards(settings.apply(builder()).open(store, () -> {}));
    }

    final EmbeddedEngine inMemory(UnaryOperator<EngineBuilder> settings) {
        return closedAfterwards(settings.apply(builder()).inMemory());
    }

    final EmbeddedEngine closedAfterwards(EmbeddedEngine engine) {
        engines.add(engine);
        return engine;
    }

    private EngineBuilder builder() {
        return EmbeddedEngine.builder().clock(clock).threads(4).grace(Duration.ofSeconds(5));
    }

    static SagaBuilder<String> saga(String name) {
        return SagaBuilder.saga(name, String.class);
    }

    /** One step that says what it was given. */
    static Saga<String, String> echo(String name) {
        return saga(name).step(A, s -> "did " + s.input(), none()).returning(String.class, v -> v.result(A));
    }

    static <S, R extends @Nullable Object> Undo<S, R> none() {
        return Undo.nothingToUndo("a test");
    }

    static <O extends @Nullable Object> SagaResult<O> ended(Execution<O> execution) {
        try {
            return execution
                    .await(SOON)
                    .orElseThrow(() -> new AssertionError(
                            execution.name() + " has not ended: " + execution.status() + ", " + execution.events()));
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for " + execution.name(), e);
        }
    }

    static <O extends @Nullable Object> O completed(Execution<O> execution) {
        SagaResult<O> result = ended(execution);
        assertThat(result).isInstanceOf(SagaResult.Completed.class);
        return ((SagaResult.Completed<O>) result).value();
    }

    /** Waits in a body or a test for what another thread does. */
    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(SOON.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("waited " + SOON + " in vain");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
