package io.durablesaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Saga;
import io.durablesaga.embedded.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Files that are no journals, or no longer whole ones: said clearly, and left as they were. */
class JournalFilesTest extends EngineTest {
    private static final int PAGES_IN_HEADER = 28;

    private final Saga<String, String> echo = echo("echo");

    private void write() {
        EmbeddedEngine engine = open();
        engine.register(echo);
        for (int i = 0; i < 20; i++) {
            completed(engine.start(echo, "n" + i, "x".repeat(1_000)));
        }
        engine.close();
    }

    private void assertRefused(String... parts) throws IOException {
        byte[] before = Files.readAllBytes(journal());
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(JournalException.class, JournalFilesTest::assertLasting)
                .hasMessageContaining(journal().toString())
                .hasMessageContainingAll(parts);
        assertThat(Files.readAllBytes(journal())).isEqualTo(before);
    }

    @Test
    void an_empty_file_is_a_new_journal() throws IOException {
        Files.createFile(journal());
        EmbeddedEngine engine = open();
        engine.register(echo);
        assertThat(completed(engine.start(echo, "one", "x"))).isEqualTo("did x");
    }

    @Test
    void garbage_is_not_a_journal() throws IOException {
        Files.writeString(journal(), "not a journal at all, only a text".repeat(100));
        assertRefused("not a journal of this engine", "name another file");
        Files.writeString(journal(), "x");
        assertRefused("not a journal of this engine", "name another file");
    }

    @Test
    void another_program_s_database_is_not_a_journal() throws Exception {
        sql("CREATE TABLE customer (id INTEGER PRIMARY KEY)");
        assertRefused("not a journal of this engine", "name another file");
        sql("PRAGMA user_version = 1");
        assertRefused("not a journal of this engine", "name another file");
    }

    @Test
    void a_truncated_journal_is_refused_and_can_be_restored() throws IOException {
        write();
        Path copy = Files.copy(journal(), folder.resolve("copy.db"));
        byte[] whole = Files.readAllBytes(journal());
        Files.write(journal(), Arrays.copyOf(whole, whole.length / 2));
        assertRefused("truncated", (whole.length / 2) + " of " + whole.length + " bytes", "restore it from a copy");

        Files.copy(copy, journal(), StandardCopyOption.REPLACE_EXISTING);
        EmbeddedEngine engine = open();
        engine.register(echo);
        assertThat(engine.list(ExecutionQuery.all())).hasSize(20);
    }

    @Test
    void a_damaged_journal_is_refused_or_says_so_when_the_damage_is_met() throws IOException {
        write();
        try (FileChannel file = FileChannel.open(journal(), StandardOpenOption.WRITE)) {
            byte[] noise = new byte[(int) file.size() - 200];
            Arrays.fill(noise, (byte) 0x5a);
            file.write(ByteBuffer.wrap(noise), 150);
        }
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(JournalException.class, JournalFilesTest::assertLasting)
                .hasMessageContaining(journal().toString())
                .hasMessageContaining("damaged")
                .hasMessageContaining("restore it from a copy");
    }

    /** A checkpoint writes the first page, with the new size, before the pages behind it: all of them are still in the log. */
    @Test
    void a_journal_whose_process_died_while_moving_its_log_into_the_file_is_whole() throws IOException {
        EmbeddedEngine engine = open();
        engine.register(echo);
        completed(engine.start(echo, "one", "x"));
        Path crashed = Files.createDirectory(folder.resolve("crashed"));
        for (String suffix : new String[] {"", "-wal"}) {
            Files.copy(folder.resolve("journal.db" + suffix), crashed.resolve("journal.db" + suffix));
        }
        try (FileChannel file = FileChannel.open(crashed.resolve("journal.db"), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(4).putInt(0, 1_000), PAGES_IN_HEADER);
        }

        EmbeddedEngine again = closedAfterwards(EmbeddedEngine.open(crashed.resolve("journal.db")));
        again.register(echo);
        assertThat(completed(again.find(echo, "one").orElseThrow())).isEqualTo("did x");
    }

    @Test
    void a_journal_of_a_newer_release_is_left_alone() throws Exception {
        write();
        sql("PRAGMA user_version = 99");
        assertRefused("newer release", "schema 99", "use that release");
    }

    @Test
    void a_journal_that_cannot_be_made_names_the_directory_s_fault() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "a file, not a directory");
        for (Path impossible : new Path[] {file.resolve("journal.db"), folder.resolve("missing/journal.db")}) {
            assertThatThrownBy(() -> EmbeddedEngine.open(impossible))
                    .isInstanceOfSatisfying(JournalException.class, JournalFilesTest::assertLasting)
                    .hasMessageContaining(impossible.toString())
                    .hasMessageContaining("its directory must exist and be writable");
        }
        assertThatThrownBy(() -> EmbeddedEngine.open(Path.of("/proc/journal.db")))
                .isInstanceOfSatisfying(JournalException.class, JournalFilesTest::assertLasting)
                .hasMessageContaining("/proc/journal.db")
                .hasMessageContaining("its directory must exist and be writable");
        assertThatThrownBy(() -> EmbeddedEngine.open(Files.createDirectory(folder.resolve("directory"))))
                .isInstanceOfSatisfying(JournalException.class, JournalFilesTest::assertLasting)
                .hasMessageContaining("directory");
    }

    /** A refused opening leaves no lock behind. */
    @Test
    void what_was_refused_can_be_opened_once_its_cause_is_gone() throws IOException {
        Files.writeString(journal(), "garbage");
        assertThatThrownBy(this::open).isInstanceOf(JournalException.class);
        Files.write(journal(), "".getBytes(StandardCharsets.UTF_8));
        EmbeddedEngine engine = open();
        engine.register(echo);
        assertThat(completed(engine.start(echo, "one", "x"))).isEqualTo("did x");
    }

    private static void assertLasting(JournalException refused) {
        assertThat(refused.passing()).as("trying again helps").isFalse();
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal());
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
