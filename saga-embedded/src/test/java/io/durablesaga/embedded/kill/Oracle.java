package io.durablesaga.embedded.kill;

import io.durablesaga.embedded.kill.Entry.Kind;
import io.durablesaga.embedded.kill.ExecutionCheck.Invoked;
import io.durablesaga.embedded.kill.Journal.Row;
import io.durablesaga.embedded.kill.Journal.Settled;
import io.durablesaga.embedded.kill.Trail.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says what is wrong with a ledger, a start log and a journal after the last process has ended. Knows the sagas by their
 * {@link Shape shapes} and the journal by its tables, and uses nothing of the engine.
 */
final class Oracle {
    private final Journal journal;
    private final List<Entry> ledger;
    private final List<Entry> starts;
    private final Map<String, Trail> trails = new LinkedHashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    Oracle(Journal journal, List<Entry> ledger, List<Entry> starts) {
        this.journal = journal;
        this.ledger = ledger;
        this.starts = starts;
        ledger.forEach(entry ->
                trails.computeIfAbsent(entry.execution(), name -> new Trail()).add(entry));
    }

    /** All violations; {@code recorded} has seen what every kill left. */
    List<Violation> violations(Recorded recorded) {
        startedAndThere();
        eachKeyOnce();
        callbacksKnown();
        Map<String, List<Settled>> records = journal.records().stream()
                .filter(Settled::last)
                .collect(Collectors.groupingBy(record -> record.operation().execution()));
        for (Row row : journal.executions().values()) {
            Shape shape = Shapes.of(row.saga());
            Optional<Row> invoked = journal.invokedBy(row.name());
            violations.addAll(ExecutionCheck.of(
                    row,
                    shape,
                    trail(row.name()),
                    Rulings.of(records.getOrDefault(row.name(), List.of())),
                    invoked.map(child -> new Invoked(child, trail(child.name())))
                            .orElse(null)));
            violations.addAll(RecordCheck.of(
                    row,
                    shape,
                    trail(row.name()),
                    records.getOrDefault(row.name(), List.of()),
                    invoked.map(Report::answers).orElse(List.of())));
        }
        violations.addAll(recorded.violations(trails));
        return violations;
    }

    /** The ledger's lines of an execution. */
    Trail trail(String execution) {
        return trails.getOrDefault(execution, new Trail());
    }

    /** How many lines of a kind there are. */
    long count(Kind kind) {
        return ledger.stream().filter(entry -> entry.is(kind)).count();
    }

    /** What was started is there under one id, and nothing is there that was not started. */
    private void startedAndThere() {
        Map<String, String> ids = new HashMap<>();
        Set<String> sent = new HashSet<>();
        for (Entry start : starts) {
            sent.add(start.execution());
            if (start.is(Kind.STARTED)) {
                String id = ids.putIfAbsent(start.execution(), start.detail());
                if (id != null && !id.equals(start.detail())) {
                    violations.add(Violation.duplicated(start.execution(), "it was started under two ids"));
                }
            }
        }
        ids.forEach((name, id) -> {
            Row row = journal.executions().get(name);
            if (row == null || !row.id().equals(id)) {
                violations.add(Violation.lost(name, "its start returned, and the journal has " + row));
            }
        });
        trails.keySet().stream()
                .filter(name -> !journal.executions().containsKey(name))
                .forEach(name -> violations.add(Violation.lost(name, "the ledger knows it, and the journal does not")));
        journal.executions().values().stream()
                .filter(row -> row.invokedBy() == null && !sent.contains(row.name()))
                .forEach(row -> violations.add(Violation.duplicated(row.name(), "nobody has started it")));
    }

    /** No two steps share a key. */
    private void eachKeyOnce() {
        record Owner(String execution, Side side) {}
        Map<String, Owner> owners = new HashMap<>();
        for (Entry entry : ledger) {
            if (entry.is(Kind.BEGIN)) {
                Owner owner = new Owner(entry.execution(), new Side(entry.direction(), entry.path()));
                Owner other = owners.putIfAbsent(entry.key(), owner);
                if (other != null && !other.equals(owner)) {
                    violations.add(Violation.duplicated(
                            entry.execution(), "the key " + entry.key() + " is that of " + owner + " and of " + other));
                }
            }
        }
    }

    /** Whoever was sent a callback's id can answer it. */
    private void callbacksKnown() {
        ledger.stream()
                .filter(entry -> entry.is(Kind.ANSWERED) || entry.is(Kind.HEARD) || entry.is(Kind.DECIDED))
                .filter(entry -> entry.detail().equals("UNKNOWN"))
                .forEach(entry -> violations.add(
                        Violation.lost(entry.execution(), "the engine does not know the callback of " + entry.path())));
    }
}
