package io.durablesaga.embedded.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Rows in one SQLite file: write-ahead log, every commit synced to the disk before it counts. One connection writes, another
 * one reads what has been committed. Thread-safe.
 */
public final class SqliteStore implements Store {
    /** The version of the tables below; a file of a newer version is refused. */
    static final int SCHEMA_VERSION = 1;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 100;
    private static final int TABLES = 4;
    private static final String[] SCHEMA = {
        """
        CREATE TABLE execution (
          id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, uid TEXT NOT NULL, key_part TEXT NOT NULL,
          saga TEXT NOT NULL, input TEXT NOT NULL, state INTEGER NOT NULL, wake_at INTEGER,
          interrupted INTEGER NOT NULL, started_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
          result TEXT, detail TEXT, parent INTEGER)""",
        "CREATE INDEX execution_key ON execution (key_part)",
        "CREATE INDEX execution_due ON execution (wake_at) WHERE wake_at IS NOT NULL",
        "CREATE INDEX execution_attention ON execution (state) WHERE state IN (2, 3, 6)",
        """
        CREATE TABLE record (
          execution INTEGER NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, operation TEXT NOT NULL,
          kind INTEGER NOT NULL, name TEXT NOT NULL, event INTEGER NOT NULL, attempt INTEGER NOT NULL,
          payload TEXT, wake_at INTEGER, PRIMARY KEY (execution, seq)) WITHOUT ROWID""",
        """
        CREATE TABLE callback (
          id TEXT PRIMARY KEY, execution INTEGER NOT NULL, path TEXT NOT NULL, decision INTEGER NOT NULL,
          state INTEGER NOT NULL, payload TEXT, deadline INTEGER NOT NULL, heartbeat INTEGER,
          silent_at INTEGER) WITHOUT ROWID""",
        "CREATE INDEX callback_open ON callback (execution) WHERE state = 0",
        """
        CREATE TABLE claim (
          key TEXT NOT NULL, undo INTEGER NOT NULL, owner TEXT NOT NULL, fence INTEGER NOT NULL,
          fingerprint TEXT NOT NULL, until INTEGER NOT NULL, state INTEGER NOT NULL, text TEXT,
          PRIMARY KEY (key, undo)) WITHOUT ROWID"""
    };

    private final Path file;
    private final Connection writer;
    private final Connection reader;
    private final SqliteRows writes;
    private final SqliteRows reads;

    private SqliteStore(Path file, Connection writer, Connection reader) throws SQLException {
        this.file = file;
        this.writer = writer;
        this.reader = reader;
        this.writes = new SqliteRows(writer);
        this.reads = new SqliteRows(reader);
    }

    /**
     * Opens the file, or makes it. Whatever an incarnation worked on when the file was last in use has been interrupted.
     *
     * @throws JournalException if it cannot be used; it is left as it was
     */
    public static SqliteStore open(Path file) {
        requireWhole(file);
        Connection writer = null;
        Connection reader = null;
        try {
            writer = connect(file);
            requireJournal(file, writer);
            prepare(writer);
            reader = connect(file);
            return new SqliteStore(file, writer, reader);
        } catch (SQLException e) {
            closeQuietly(reader);
            closeQuietly(writer);
            throw explain(file, e);
        } catch (JournalException e) {
            closeQuietly(reader);
            closeQuietly(writer);
            throw e;
        }
    }

    @Override
    public void commit(Consumer<Writes> group) {
        synchronized (writer) {
            try {
                execute("BEGIN IMMEDIATE");
                group.accept(writes);
                execute("COMMIT");
            } catch (SqlFailure e) {
                rollBack();
                throw explain(file, e.sql());
            } catch (SQLException e) {
                rollBack();
                throw explain(file, e);
            } catch (RuntimeException | Error e) {
                rollBack();
                throw e;
            }
        }
    }

    @Override
    public <T> T read(Function<Reads, T> question) {
        synchronized (reader) {
            try {
                return question.apply(reads);
            } catch (SqlFailure e) {
                throw explain(file, e.sql());
            }
        }
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public void close() {
        synchronized (reader) {
            closeQuietly(reader);
        }
        synchronized (writer) {
            closeQuietly(writer);
        }
    }

    /** Caps the file, as a full disk would. */
    void limitPages(long pages) throws SQLException {
        synchronized (writer) {
            execute("PRAGMA max_page_count = " + pages);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute(sql);
        }
    }

    private void rollBack() {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself: there is no transaction to end
        }
    }

    private static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(10_000);
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    /** Refuses what is not ours before anything in it is changed, its journal mode included. */
    private static void requireJournal(Path file, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            long tables = number(statement, "SELECT count(*) FROM sqlite_master WHERE type = 'table'");
            long ours = number(
                    statement,
                    "SELECT count(*) FROM sqlite_master WHERE type = 'table'"
                            + " AND name IN ('execution', 'record', 'callback', 'claim')");
            if (tables > 0 && ours < TABLES) {
                throw JournalException.lasting(
                        file + ": not a journal of this engine but another database; name another file, this one is"
                                + " unchanged",
                        null);
            }
            long version = number(statement, "PRAGMA user_version");
            if (version > SCHEMA_VERSION) {
                throw JournalException.lasting(
                        file + ": written by a newer release (schema " + version + ", this one knows " + SCHEMA_VERSION
                                + "); use that release, the file is unchanged",
                        null);
            }
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.getLong(1);
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("BEGIN IMMEDIATE");
            if (number(statement, "PRAGMA user_version") == 0) {
                for (String table : SCHEMA) {
                    statement.execute(table);
                }
                statement.execute("PRAGMA user_version = " + SCHEMA_VERSION);
            }
            statement.execute(
                    "UPDATE execution SET interrupted = 1, wake_at = 0 WHERE wake_at = " + ExecutionRow.WORKED_ON);
            statement.execute("COMMIT");
        }
    }

    private static void requireWhole(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (bytes.length() == 0) {
                return;
            }
            byte[] header = new byte[HEADER_BYTES];
            if (bytes.read(header) < HEADER_BYTES || !Arrays.equals(MAGIC, 0, MAGIC.length, header, 0, MAGIC.length)) {
                throw JournalException.lasting(
                        file + ": not a journal of this engine; name another file, this one is unchanged", null);
            }
            long pageSize = ((header[16] & 0xffL) << 8) | (header[17] & 0xffL);
            long pages = ((header[28] & 0xffL) << 24)
                    | ((header[29] & 0xffL) << 16)
                    | ((header[30] & 0xffL) << 8)
                    | (header[31] & 0xffL);
            long whole = pages * (pageSize == 1 ? 65_536 : pageSize);
            if (bytes.length() < whole && !hasLog(file)) {
                throw JournalException.lasting(
                        file + ": truncated, " + bytes.length() + " of " + whole
                                + " bytes are there; restore it from a copy, it is unchanged",
                        null);
            }
        } catch (IOException e) {
            throw JournalException.lasting(file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** As long as there is a log, pages may be missing in the file that are in the log. */
    private static boolean hasLog(Path file) throws IOException {
        Path log = file.toRealPath().resolveSibling(file.toRealPath().getFileName() + "-wal");
        return Files.exists(log) && Files.size(log) > 0;
    }

    static JournalException explain(Path file, SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        String remedy = switch (code) {
            case SQLITE_FULL -> "the disk is full: nothing was recorded by this; make room, and executions go on";
            case SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_CANTOPEN, SQLITE_PERM ->
                "its directory must exist and be writable for this process";
            case SQLITE_NOTADB -> "not a journal of this engine; name another file";
            case SQLITE_CORRUPT -> "the file is damaged; stop, and restore it from a copy";
            default -> "see the cause";
        };
        String message = file + ": " + remedy + " (" + e.getMessage() + ")";
        return lasting(code) ? JournalException.lasting(message, e) : new JournalException(message, e);
    }

    /** Whether somebody has to mend it first; the kinds of one error have its code in their lowest byte. */
    private static boolean lasting(SQLiteErrorCode code) {
        return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_TOOBIG -> true;
            default -> false;
        };
    }

    private static void closeQuietly(@Nullable Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // nothing more can be done for a connection that does not close
            }
        }
    }
}
