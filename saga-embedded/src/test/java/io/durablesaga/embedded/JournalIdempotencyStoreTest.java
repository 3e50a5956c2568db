package io.durablesaga.embedded;

import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.testing.contract.IdempotencyEndContract;
import io.durablesaga.testing.contract.IdempotencyStoreContract;
import io.durablesaga.testing.contract.IdempotencyUndoContract;
import io.durablesaga.testing.contract.OnceContract;
import io.durablesaga.testing.contract.OnceDoubtContract;
import io.durablesaga.testing.contract.OnceHeartbeatContract;
import io.durablesaga.testing.contract.OnceUndoContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class JournalIdempotencyStoreTest {
    @TempDir(factory = FastFolder.class)
    private Path folder;

    private EmbeddedEngine engine;

    private IdempotencyStore store(InstantSource clock) {
        engine = EmbeddedEngine.builder().clock(clock).open(folder.resolve("journal.db"));
        return engine.idempotencyStore();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Nested
    class Claims extends IdempotencyStoreContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }

    @Nested
    class Ends extends IdempotencyEndContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }

    @Nested
    class Undos extends IdempotencyUndoContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }

    @Nested
    class Effects extends OnceContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }

    @Nested
    class Doubts extends OnceDoubtContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }

    @Nested
    class UndoneEffects extends OnceUndoContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }

    @Nested
    class Heartbeats extends OnceHeartbeatContract {
        @Override
        protected IdempotencyStore open(InstantSource clock) {
            return store(clock);
        }
    }
}
