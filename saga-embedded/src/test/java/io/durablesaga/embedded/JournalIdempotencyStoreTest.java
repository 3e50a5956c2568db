package io.durablesaga.embedded;

import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.testing.contract.IdempotencyStoreContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class JournalIdempotencyStoreTest extends IdempotencyStoreContract {
    @TempDir(factory = FastFolder.class)
    private Path folder;

    private EmbeddedEngine engine;

    @Override
    protected IdempotencyStore open(InstantSource clock) {
        engine = EmbeddedEngine.builder().clock(clock).open(folder.resolve("journal.db"));
        return engine.idempotencyStore();
    }

    @AfterEach
    void close() {
        engine.close();
    }
}
