package io.durablesaga.embedded.journal;

import io.durablesaga.idempotency.Claim;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows as SQL, over one connection and its prepared statements. Used by one thread at a time. */
final class SqliteRows implements Writes {
    private static final String EXECUTION = "SELECT id, name, uid, key_part, saga, input, state, wake_at, interrupted,"
            + " started_at, changed_at, result, detail, parent FROM execution ";
    private static final String CALLBACK =
            "SELECT id, execution, path, decision, state, payload, deadline, heartbeat, silent_at FROM callback ";

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    SqliteRows(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row. */
    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    @Override
    public Optional<ExecutionRow> execution(long id) {
        return list(EXECUTION + "WHERE id = ?", SqliteRows::execution, id).stream()
                .findFirst();
    }

    @Override
    public Optional<ExecutionRow> execution(String name) {
        return list(EXECUTION + "WHERE name = ?", SqliteRows::execution, name).stream()
                .findFirst();
    }

    @Override
    public List<ExecutionRow> byKeyPart(String keyPart) {
        return list(EXECUTION + "WHERE key_part = ?", SqliteRows::execution, keyPart);
    }

    @Override
    public List<RecordRow> records(long execution) {
        return list(
                "SELECT seq, at, operation, kind, name, event, attempt, payload, wake_at FROM record"
                        + " WHERE execution = ? ORDER BY seq",
                SqliteRows::record,
                execution);
    }

    @Override
    public Optional<CallbackRow> callback(String id) {
        return list(CALLBACK + "WHERE id = ?", SqliteRows::callback, id).stream()
                .findFirst();
    }

    @Override
    public List<CallbackRow> openCallbacks(long execution) {
        return list(CALLBACK + "WHERE execution = ? AND state = 0 ORDER BY deadline", SqliteRows::callback, execution);
    }

    @Override
    public List<ExecutionRow> due(Collection<String> sagas, long now, int limit) {
        if (sagas.isEmpty()) {
            return List.of();
        }
        List<String> names = List.copyOf(sagas); // others may be registered meanwhile
        List<Object> parameters = new ArrayList<>(names);
        parameters.add(0, now);
        parameters.add(limit);
        return list(
                EXECUTION + "WHERE wake_at BETWEEN 0 AND ? AND saga IN (" + places(names.size())
                        + ") ORDER BY wake_at LIMIT ?",
                SqliteRows::execution,
                parameters.toArray());
    }

    @Override
    public Optional<Long> nextDue(Collection<String> sagas, long after) {
        if (sagas.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = List.copyOf(sagas); // others may be registered meanwhile
        List<Object> parameters = new ArrayList<>(names);
        parameters.add(0, after);
        return list(
                        "SELECT wake_at FROM execution WHERE wake_at > ? AND saga IN (" + places(names.size())
                                + ") ORDER BY wake_at LIMIT 1",
                        row -> row.getLong(1),
                        parameters.toArray())
                .stream()
                .findFirst();
    }

    @Override
    public List<ExecutionRow> query(Query query) {
        StringBuilder where = new StringBuilder("WHERE 1 = 1");
        List<Object> parameters = new ArrayList<>();
        if (!query.states().isEmpty()) {
            where.append(" AND state IN (")
                    .append(places(query.states().size()))
                    .append(")");
            query.states().forEach(state -> parameters.add(state.code()));
        }
        if (query.saga() != null) {
            where.append(" AND saga = ?");
            parameters.add(query.saga());
        }
        if (query.unchangedSince() != null) {
            where.append(" AND changed_at <= ?");
            parameters.add(query.unchangedSince().toEpochMilli());
        }
        parameters.add(query.limit());
        return list(EXECUTION + where + " ORDER BY id DESC LIMIT ?", SqliteRows::execution, parameters.toArray());
    }

    @Override
    public Optional<ClaimRow> claim(String key, Claim.Side side) {
        return list(
                        "SELECT owner, fence, fingerprint, until, state, text FROM claim WHERE key = ? AND undo = ?",
                        row -> new ClaimRow(
                                key,
                                side,
                                row.getString(1),
                                row.getLong(2),
                                row.getString(3),
                                row.getLong(4),
                                Coded.of(ClaimRow.State.values(), row.getInt(5)),
                                row.getString(6)),
                        key,
                        undo(side))
                .stream()
                .findFirst();
    }

    @Override
    public long insert(ExecutionRow row) {
        return list(
                        "INSERT INTO execution (name, uid, key_part, saga, input, state,"
                                + " wake_at, interrupted, started_at, changed_at, result, detail, parent)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                        inserted -> inserted.getLong(1),
                        row.name(),
                        row.uid(),
                        row.keyPart(),
                        row.saga(),
                        row.input(),
                        row.state().code(),
                        row.wakeAt(),
                        row.interrupted() ? 1 : 0,
                        row.startedAt(),
                        row.changedAt(),
                        row.result(),
                        row.detail(),
                        row.parent())
                .get(0);
    }

    @Override
    public void update(ExecutionRow row) {
        change(
                "UPDATE execution SET state = ?, wake_at = ?, interrupted = ?, changed_at = ?, result = ?, detail = ?"
                        + " WHERE id = ?",
                row.state().code(),
                row.wakeAt(),
                row.interrupted() ? 1 : 0,
                row.changedAt(),
                row.result(),
                row.detail(),
                row.id());
    }

    @Override
    public void append(long execution, RecordRow row) {
        change(
                "INSERT INTO record (execution, seq, at, operation, kind, name, event, attempt, payload, wake_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                execution,
                row.seq(),
                row.at(),
                row.operation(),
                row.kind().code(),
                row.name(),
                row.event().code(),
                row.attempt(),
                row.payload(),
                row.wakeAt());
    }

    @Override
    public void put(CallbackRow row) {
        change(
                "INSERT OR REPLACE INTO callback (id, execution, path, decision, state, payload, deadline, heartbeat,"
                        + " silent_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row.id(),
                row.execution(),
                row.path(),
                row.decision() ? 1 : 0,
                row.state().code(),
                row.payload(),
                row.deadline(),
                row.heartbeat(),
                row.silentAt());
    }

    @Override
    public void put(ClaimRow row) {
        change(
                "INSERT OR REPLACE INTO claim (key, undo, owner, fence, fingerprint, until, state, text)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row.key(),
                undo(row.side()),
                row.owner(),
                row.fence(),
                row.fingerprint(),
                row.until(),
                row.state().code(),
                row.text());
    }

    @Override
    public void wakeHalted(String saga, long now) {
        change(
                "UPDATE execution SET state = ?, wake_at = 0, changed_at = ?, detail = NULL"
                        + " WHERE state = 3 AND saga = ?",
                ExecutionRow.State.WAITING.code(),
                now,
                saga);
    }

    private void change(String sql, @Nullable Object... parameters) {
        try {
            PreparedStatement statement = statement(sql);
            set(statement, parameters);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    private <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... parameters) {
        try {
            PreparedStatement statement = statement(sql);
            set(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
                return all;
            }
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    /** The driver does not run a statement again that has failed once. */
    private SqlFailure failed(String sql, SQLException e) {
        PreparedStatement spent = statements.remove(sql);
        try {
            if (spent != null) {
                spent.close();
            }
        } catch (SQLException alsoOnClosing) {
            e.addSuppressed(alsoOnClosing);
        }
        return new SqlFailure(e);
    }

    private PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    private static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object parameter = parameters[i];
            if (parameter instanceof String text) {
                statement.setString(i + 1, text);
            } else if (parameter instanceof Long number) {
                statement.setLong(i + 1, number);
            } else if (parameter instanceof Integer number) {
                statement.setInt(i + 1, number);
            } else {
                statement.setObject(i + 1, null);
            }
        }
    }

    private static String places(int count) {
        return Stream.generate(() -> "?").limit(count).collect(Collectors.joining(", "));
    }

    private static int undo(Claim.Side side) {
        return side == Claim.Side.UNDO ? 1 : 0;
    }

    private static ExecutionRow execution(ResultSet row) throws SQLException {
        return new ExecutionRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                Coded.of(ExecutionRow.State.values(), row.getInt(7)),
                nullableLong(row, 8),
                row.getInt(9) != 0,
                row.getLong(10),
                row.getLong(11),
                row.getString(12),
                row.getString(13),
                nullableLong(row, 14));
    }

    private static RecordRow record(ResultSet row) throws SQLException {
        return new RecordRow(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                Coded.of(RecordRow.Kind.values(), row.getInt(4)),
                row.getString(5),
                Coded.of(RecordRow.Event.values(), row.getInt(6)),
                row.getInt(7),
                row.getString(8),
                nullableLong(row, 9));
    }

    private static CallbackRow callback(ResultSet row) throws SQLException {
        return new CallbackRow(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getInt(4) != 0,
                Coded.of(CallbackRow.State.values(), row.getInt(5)),
                row.getString(6),
                row.getLong(7),
                nullableLong(row, 8),
                nullableLong(row, 9));
    }

    private static @Nullable Long nullableLong(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
