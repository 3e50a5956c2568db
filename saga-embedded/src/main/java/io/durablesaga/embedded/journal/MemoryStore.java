package io.durablesaga.embedded.journal;

import io.durablesaga.idempotency.Claim;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Rows in memory, for tests: they outlive an engine, not the process. Thread-safe. */
public final class MemoryStore implements Store, Writes {
    private final TreeMap<Long, ExecutionRow> executions = new TreeMap<>();
    private final Map<String, Long> byName = new HashMap<>();
    private final Map<Long, List<RecordRow>> records = new HashMap<>();
    private final Map<String, CallbackRow> callbacks = new LinkedHashMap<>();
    private final Map<ClaimId, ClaimRow> claims = new HashMap<>();
    private List<Runnable> undoLog = new ArrayList<>();

    /** What a claim is found by. */
    private record ClaimId(String key, Claim.Side side) {}

    /** Empty. */
    public MemoryStore() {}

    @Override
    public synchronized void commit(Consumer<Writes> group) {
        undoLog = new ArrayList<>();
        try {
            group.accept(this);
        } catch (RuntimeException | Error e) {
            for (int i = undoLog.size() - 1; i >= 0; i--) {
                undoLog.get(i).run();
            }
            throw e;
        }
    }

    @Override
    public synchronized <T> T read(Function<Reads, T> question) {
        return question.apply(this);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void close() {}

    @Override
    public Optional<ExecutionRow> execution(long id) {
        return Optional.ofNullable(executions.get(id));
    }

    @Override
    public Optional<ExecutionRow> execution(String name) {
        return Optional.ofNullable(byName.get(name)).map(executions::get);
    }

    @Override
    public List<ExecutionRow> byKeyPart(String keyPart) {
        return executions.values().stream()
                .filter(row -> row.keyPart().equals(keyPart))
                .toList();
    }

    @Override
    public List<RecordRow> records(long execution) {
        return List.copyOf(records.getOrDefault(execution, List.of()));
    }

    @Override
    public Optional<CallbackRow> callback(String id) {
        return Optional.ofNullable(callbacks.get(id));
    }

    @Override
    public List<CallbackRow> openCallbacks(long execution) {
        return callbacks.values().stream()
                .filter(row -> row.execution() == execution && row.state() == CallbackRow.State.OPEN)
                .toList();
    }

    @Override
    public List<ExecutionRow> due(Collection<String> sagas, long now, int limit) {
        return executions.values().stream()
                .filter(row -> wakes(row, sagas) && wakeAt(row) <= now)
                .sorted(Comparator.comparingLong(MemoryStore::wakeAt))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Long> nextDue(Collection<String> sagas, long after) {
        return executions.values().stream()
                .filter(row -> wakes(row, sagas) && wakeAt(row) > after)
                .map(MemoryStore::wakeAt)
                .min(Comparator.naturalOrder());
    }

    @Override
    public List<ExecutionRow> query(Query query) {
        return executions.descendingMap().values().stream()
                .filter(row -> query.states().isEmpty() || query.states().contains(row.state()))
                .filter(row -> query.saga() == null || row.saga().equals(query.saga()))
                .filter(row -> query.unchangedSince() == null
                        || row.changedAt() <= query.unchangedSince().toEpochMilli())
                .limit(query.limit())
                .toList();
    }

    @Override
    public Optional<ClaimRow> claim(String key, Claim.Side side) {
        return Optional.ofNullable(claims.get(new ClaimId(key, side)));
    }

    @Override
    public long insert(ExecutionRow execution) {
        long id = executions.isEmpty() ? 1 : executions.lastKey() + 1;
        ExecutionRow row = new ExecutionRow(
                id,
                execution.name(),
                execution.uid(),
                execution.keyPart(),
                execution.saga(),
                execution.input(),
                execution.state(),
                execution.wakeAt(),
                execution.interrupted(),
                execution.startedAt(),
                execution.changedAt(),
                execution.result(),
                execution.detail(),
                execution.parent());
        executions.put(id, row);
        byName.put(row.name(), id);
        undoLog.add(() -> {
            executions.remove(id);
            byName.remove(row.name());
        });
        return id;
    }

    @Override
    public void update(ExecutionRow execution) {
        replace(executions, execution.id(), execution);
    }

    @Override
    public void append(long execution, RecordRow row) {
        List<RecordRow> rows = records.computeIfAbsent(execution, id -> new ArrayList<>());
        boolean last = rows.isEmpty() || rows.get(rows.size() - 1).seq() < row.seq();
        if (!last && rows.stream().anyMatch(before -> before.seq() == row.seq())) {
            throw new JournalException(
                    name() + ": there is a record " + row.seq() + " of execution " + execution, null);
        }
        rows.add(row);
        undoLog.add(() -> rows.remove(rows.size() - 1));
    }

    @Override
    public void put(CallbackRow callback) {
        replace(callbacks, callback.id(), callback);
    }

    @Override
    public void put(ClaimRow claim) {
        replace(claims, new ClaimId(claim.key(), claim.side()), claim);
    }

    @Override
    public void wakeHalted(String saga, long now) {
        List<ExecutionRow> halted = executions.values().stream()
                .filter(row ->
                        row.state() == ExecutionRow.State.HALTED && row.saga().equals(saga))
                .toList();
        halted.forEach(row -> update(row.in(ExecutionRow.State.WAITING, 0L, row.interrupted(), now)));
    }

    /** What opening a file does too: whatever was worked on has been interrupted. */
    public synchronized void interruptAll() {
        List<ExecutionRow> worked = executions.values().stream()
                .filter(row -> row.wakeAt() != null && wakeAt(row) == ExecutionRow.WORKED_ON)
                .toList();
        worked.forEach(row -> executions.put(row.id(), row.in(ExecutionRow.State.RUNNING, 0L, true, row.changedAt())));
    }

    private <K, V> void replace(Map<K, V> map, K key, V value) {
        V before = map.put(key, value);
        undoLog.add(() -> {
            if (before == null) {
                map.remove(key);
            } else {
                map.put(key, before);
            }
        });
    }

    private static boolean wakes(ExecutionRow row, Collection<String> sagas) {
        return row.wakeAt() != null && wakeAt(row) >= 0 && sagas.contains(row.saga());
    }

    private static long wakeAt(ExecutionRow row) {
        return Objects.requireNonNull(row.wakeAt());
    }
}
