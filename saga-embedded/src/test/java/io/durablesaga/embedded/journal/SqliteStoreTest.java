package io.durablesaga.embedded.journal;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir
    private Path folder;

    @Override
    Store open() {
        return SqliteStore.open(folder.resolve("journal.db"));
    }
}
