package io.durablesaga.embedded;

import io.durablesaga.testing.contract.EngineContract;
import io.durablesaga.testing.engine.EngineUnderTest;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

class SqliteEngineContractTest extends EngineContract {
    @TempDir(factory = FastFolder.class)
    private Path folder;

    private final AtomicInteger files = new AtomicInteger();

    @Override
    protected EngineUnderTest open() {
        return EmbeddedEngineUnderTest.overFile(folder.resolve("journal-" + files.incrementAndGet() + ".db"));
    }
}
