package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.RecordRow;
import io.durablesaga.embedded.journal.RecordRow.Event;
import io.durablesaga.embedded.journal.RecordRow.Kind;
import io.durablesaga.engine.ReplayMismatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What earlier incarnations recorded of an execution, by operation; each is handed out once, to the same operation. */
final class History {
    private final String label;
    private final Map<String, OfOperation> operations = new ConcurrentHashMap<>();
    /** A branch records nothing itself: its position, and the first thing recorded in it. */
    private final Map<String, OfOperation> branches = new HashMap<>();

    private final boolean empty;
    private final long lastSeq;

    /** The records of one operation, in order. */
    record OfOperation(String position, Kind kind, String name, List<RecordRow> records) {
        RecordRow last() {
            return records.get(records.size() - 1);
        }

        int count(Event event) {
            int count = 0;
            for (RecordRow row : records) {
                count += row.event() == event ? 1 : 0;
            }
            return count;
        }
    }

    History(String label, List<RecordRow> rows) {
        this.label = label;
        this.empty = rows.isEmpty();
        this.lastSeq = rows.isEmpty() ? 0 : rows.get(rows.size() - 1).seq();
        Map<String, OfOperation> found = new HashMap<>();
        for (RecordRow row : rows) {
            if (row.kind() != Kind.EXECUTION) {
                found.computeIfAbsent(
                                row.operation(),
                                position -> new OfOperation(position, row.kind(), row.name(), new ArrayList<>()))
                        .records()
                        .add(row);
            }
        }
        operations.putAll(found);
        found.values().forEach(this::noteBranches);
    }

    private void noteBranches(OfOperation recorded) {
        String position = recorded.position();
        for (int dot = position.lastIndexOf('.'); dot > 0; dot = position.lastIndexOf('.', dot - 1)) {
            branches.putIfAbsent(position.substring(0, dot), recorded);
        }
    }

    boolean empty() {
        return empty;
    }

    long lastSeq() {
        return lastSeq;
    }

    /** What was recorded of the operation at this position, which must be of this kind and name. */
    Optional<OfOperation> take(String position, Kind kind, String name) {
        OfOperation inside = branches.get(position);
        if (inside != null) {
            throw mismatch(
                    position, "a branch with " + inside.kind() + " '" + inside.name() + "'", kind + " '" + name + "'");
        }
        OfOperation recorded = operations.remove(position);
        if (recorded != null && (recorded.kind() != kind || !recorded.name().equals(name))) {
            throw mismatch(position, recorded.kind() + " '" + recorded.name() + "'", kind + " '" + name + "'");
        }
        return Optional.ofNullable(recorded);
    }

    /** At this position there is a branch, so nothing may have been recorded as an operation. */
    void requireBranch(String position, String name) {
        OfOperation recorded = operations.get(position);
        if (recorded != null) {
            throw mismatch(position, recorded.kind() + " '" + recorded.name() + "'", "the branch '" + name + "'");
        }
    }

    private ReplayMismatch mismatch(String position, String before, String now) {
        return new ReplayMismatch(label + ": operation " + position + " was recorded as " + before
                + " and the definition now has " + now + " there; register the definition it was started with");
    }

    /** Refuses to end an execution while records are left that the definition no longer reaches. */
    void requireNothingLeft() {
        if (!operations.isEmpty()) {
            String left = operations.values().stream()
                    .map(recorded -> recorded.position() + " " + recorded.kind() + " '" + recorded.name() + "'")
                    .sorted()
                    .toList()
                    .toString();
            throw new ReplayMismatch(label + ": recorded as " + left
                    + " and the definition no longer reaches that; register the definition it was started with");
        }
    }
}
