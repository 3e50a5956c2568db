package io.durablesaga.embedded;

import static io.durablesaga.UndoOptions.undoing;
import static io.durablesaga.Within.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.StepRejected;
import io.durablesaga.Undo;
import io.durablesaga.start.SagaStarter;
import io.durablesaga.start.Standing.State;
import io.durablesaga.testing.contract.SagaStarterContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The starter's contract, on a saga that waits to be told how it ends. */
class EmbeddedStarterContractTest {
    private static final StepKey<String> RESERVE = StepKey.of("reserve", String.class);
    private static final StepKey<State> HOW = StepKey.of("how", State.class);
    private static final StepKey<String> SHIP = StepKey.of("ship", String.class);

    private static final Saga<SagaStarterContract.Order, ?> TOLD = SagaBuilder.saga(
                    "told", SagaStarterContract.Order.class)
            .step(RESERVE, s -> s.input().item(), Undo.undo(undoing().retry(Retries.none()), (s, effect) -> {
                if (s.result(HOW) == State.FAILED) {
                    throw new IllegalStateException("out of order");
                }
            }))
            .await(HOW, within(Duration.ofHours(1)), (s, id) -> {}, Undo.nothingToUndo("a test"))
            .step(
                    SHIP,
                    s -> {
                        if (s.result(HOW) != State.COMPLETED) {
                            throw new StepRejected("told to");
                        }
                        return s.result(RESERVE);
                    },
                    Undo.nothingToUndo("a test"))
            .returning(String.class, v -> v.result(SHIP));

    @Nested
    class InMemory extends Starts {
        @Override
        EmbeddedEngine engine() {
            return EmbeddedEngine.inMemory();
        }
    }

    @Nested
    class OnAFile extends Starts {
        @TempDir(factory = FastFolder.class)
        private Path folder;

        @Override
        EmbeddedEngine engine() {
            return EmbeddedEngine.open(folder.resolve("journal.db"));
        }
    }

    abstract static class Starts extends SagaStarterContract {
        private EmbeddedEngine engine;

        abstract EmbeddedEngine engine();

        @Override
        protected SagaStarter open() {
            engine = engine();
            engine.register(TOLD);
            return engine.starter(TOLD);
        }

        @Override
        protected List<String> executions() {
            return engine.list(ExecutionQuery.all()).stream()
                    .map(ExecutionSummary::name)
                    .toList();
        }

        @Override
        protected void end(String name, State end) {
            engine.awaitIdle();
            engine.completeCallback(engine.callbacks(name).get(0).id(), "\"" + end + "\"");
            engine.awaitIdle();
            assertThat(engine.summary(name).state().name()).isEqualTo(end == State.FAILED ? "STUCK" : end.name());
        }

        @AfterEach
        void close() {
            engine.close();
        }
    }
}
