package io.durablesaga.embedded.kill;

import io.durablesaga.embedded.kill.Entry.Direction;
import io.durablesaga.embedded.kill.Journal.Operation;
import io.durablesaga.embedded.kill.Journal.Row;
import io.durablesaga.embedded.kill.Journal.Settled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What has been recorded once stays recorded: compares what each kill left with what the next one left. */
final class Recorded {
    private final Map<Operation, Seen> outcomes = new HashMap<>();
    private final Map<String, Row> ended = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    /** A record, and how long the ledger was when it was first seen. */
    private record Seen(Settled record, long ledger) {}

    /** Takes note of a journal; whatever is in the ledger from this place on happened after it. */
    void note(Journal journal, long ledger) {
        Map<Operation, Settled> now = new HashMap<>();
        journal.records().stream().filter(Settled::last).forEach(record -> {
            Settled twice = now.put(record.operation(), record);
            if (twice != null) {
                changed(twice, record);
            }
        });
        outcomes.forEach((operation, seen) -> {
            Settled record = now.remove(operation);
            if (!Objects.equals(seen.record(), record)) {
                changed(seen.record(), record);
            }
        });
        now.forEach((operation, record) -> outcomes.put(operation, new Seen(record, ledger)));
        journal.executions().values().stream()
                .filter(row -> row.state().ended())
                .forEach(row -> {
                    Row before = ended.putIfAbsent(row.name(), row);
                    if (before != null && !before.equals(row)) {
                        violations.add(Violation.duplicated(row.name(), "it ended twice: " + before + ", then " + row));
                    }
                });
    }

    /** What changed, and what ran again although its outcome had been recorded. */
    List<Violation> violations(Map<String, Trail> trails) {
        outcomes.forEach((operation, seen) -> {
            Journal.Kind kind = seen.record().kind();
            Trail trail = trails.get(operation.execution());
            if (trail != null && (kind == Journal.Kind.ACTION || kind == Journal.Kind.UNDO)) {
                Direction direction = kind == Journal.Kind.ACTION ? Direction.DO : Direction.UNDO;
                String name = seen.record().name();
                String path = kind == Journal.Kind.ACTION ? name : name.substring("undo:".length());
                trail.attempts(direction, path).stream()
                        .filter(attempt -> attempt.begin().position() >= seen.ledger())
                        .forEach(attempt -> violations.add(Violation.duplicated(
                                operation.execution(), name + " ran again after its outcome had been recorded")));
            }
        });
        return violations;
    }

    private void changed(Settled before, Settled now) {
        violations.add(Violation.duplicated(
                before.operation().execution(), "a recorded outcome changed: " + before + ", then " + now));
    }
}
