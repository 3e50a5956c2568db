package io.durablesaga.embedded.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a journal says at one moment, read by plain SQL from a copy of its files: the original is left as the dead process
 * left it, its write-ahead log included.
 *
 * @param executions by name
 * @param records what settled an attempt or an operation, in order
 */
record Journal(Map<String, Row> executions, List<Settled> records) {

    /** The states and events that the oracle tells apart, by their codes in the file. */
    enum State {
        RUNNING,
        WAITING,
        PARKED,
        HALTED,
        COMPLETED,
        COMPENSATED,
        STUCK;

        boolean ended() {
            return compareTo(COMPLETED) >= 0;
        }
    }

    /** An execution. */
    record Row(
            String name,
            String id,
            String saga,
            State state,
            @Nullable String result,
            @Nullable String invokedBy) {}

    /** An operation of an execution. */
    record Operation(String execution, String position) {}

    /** A record that settles an attempt, or where {@code last} its operation. */
    record Settled(Operation operation, Kind kind, String name, boolean last, Outcome outcome) {}

    /** What was recorded. */
    record Outcome(boolean completed, int attempt, @Nullable String payload) {}

    /** The kinds of operations, by their codes in the file. */
    enum Kind {
        EXECUTION,
        ACTION,
        UNDO,
        CAPTURE,
        POLL,
        FAILURE,
        SLEEP,
        CALLBACK,
        INVOKE
    }

    private static final int COMPLETED = 4;
    private static final int FAILED = 5;

    /** Reads the journal of a process that is dead. */
    static Journal read(Path file, Path scratch) {
        try {
            Path copy = scratch.resolve("copy.db");
            for (String part : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(scratch.resolve("copy.db" + part));
            }
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            Path log = file.resolveSibling(file.getFileName() + "-wal");
            if (Files.exists(log)) {
                Files.copy(log, scratch.resolve("copy.db-wal"));
            }
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy)) {
                return read(connection);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("the journal cannot be read: " + e.getMessage(), e);
        }
    }

    private static Journal read(Connection connection) throws SQLException {
        Map<String, Row> executions = new LinkedHashMap<>();
        List<Settled> records = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
                if (!"ok".equals(row.getString(1))) {
                    throw new IllegalStateException("the journal is damaged: " + row.getString(1));
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'execution'")) {
                if (!row.next()) {
                    return new Journal(executions, records); // its process died before it had made the tables
                }
            }
            try (ResultSet row = statement.executeQuery(
                    "SELECT e.name, e.uid, e.saga, e.state, e.result, p.name FROM execution e LEFT JOIN execution p ON p.id = e.parent")) {
                while (row.next()) {
                    executions.put(row.getString(1), execution(row));
                }
            }
            try (ResultSet row =
                    statement.executeQuery("SELECT e.name, r.operation, r.kind, r.name, r.event, r.attempt, r.payload"
                            + " FROM record r JOIN execution e ON e.id = r.execution"
                            + " WHERE r.event IN (2, 4, 5) ORDER BY r.execution, r.seq")) {
                while (row.next()) {
                    records.add(record(row));
                }
            }
        }
        return new Journal(executions, records);
    }

    private static Row execution(ResultSet row) throws SQLException {
        return new Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                State.values()[row.getInt(4)],
                row.getString(5),
                row.getString(6));
    }

    private static Settled record(ResultSet row) throws SQLException {
        int event = row.getInt(5);
        return new Settled(
                new Operation(row.getString(1), row.getString(2)),
                Kind.values()[row.getInt(3)],
                row.getString(4),
                event == COMPLETED || event == FAILED,
                new Outcome(event == COMPLETED, row.getInt(6), row.getString(7)));
    }

    /** The execution that another one has invoked, if it has. */
    Optional<Row> invokedBy(String execution) {
        return executions.values().stream()
                .filter(row -> execution.equals(row.invokedBy()))
                .findFirst();
    }

    /** The executions that have not ended. */
    List<String> unfinished() {
        return executions.values().stream()
                .filter(row -> !row.state().ended())
                .map(Row::name)
                .toList();
    }
}
