package io.durablesaga.embedded.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.idempotency.Claim;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions that are asked again and again with the same prepared statement. */
class SqliteStoreQueriesTest {
    @TempDir
    private Path directory;

    @Test
    void a_query_that_failed_works_again_once_its_reason_is_gone() throws SQLException {
        Path file = directory.resolve("journal.db");
        try (SqliteStore store = SqliteStore.open(file);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            assertThat(claim(store)).isEmpty();
            statement.execute("ALTER TABLE claim RENAME TO elsewhere");
            assertThatThrownBy(() -> claim(store)).isInstanceOf(JournalException.class);

            statement.execute("ALTER TABLE elsewhere RENAME TO claim");
            assertThat(claim(store)).isEmpty();
        }
    }

    @Test
    void sagas_may_be_registered_while_the_store_is_asked_what_is_due() {
        try (SqliteStore store = SqliteStore.open(directory.resolve("journal.db"))) {
            List<ExecutionRow> due = store.read(reads -> reads.due(growing(), 1, 10));
            assertThat(due).isEmpty();
            Optional<Long> next = store.read(reads -> reads.nextDue(growing(), 1));
            assertThat(next).isEmpty();
        }
    }

    private static Optional<ClaimRow> claim(SqliteStore store) {
        return store.read(reads -> reads.claim("k", Claim.Side.ACTION));
    }

    /** A set of names to which one is added after each look at it. */
    private static Collection<String> growing() {
        return new AbstractCollection<>() {
            private int size = 1;

            @Override
            public Iterator<String> iterator() {
                return List.of("a", "b", "c", "d", "e", "f").subList(0, size++).iterator();
            }

            @Override
            public int size() {
                return size++;
            }
        };
    }
}
