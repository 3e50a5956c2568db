package io.durablesaga.embedded.kill;

import io.durablesaga.embedded.kill.Journal.Row;
import io.durablesaga.embedded.kill.Violation.Kind;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run has shown. */
record Verdict(int kills, Hits hits, Journal journal, List<Violation> violations, Oracle oracle) {
    private static final int SHOWN = 5;

    int lost() {
        return count(Kind.LOST);
    }

    int duplicated() {
        return count(Kind.DUPLICATED);
    }

    int outOfOrder() {
        return count(Kind.OUT_OF_ORDER);
    }

    int sagas() {
        return journal.executions().size();
    }

    /** Nothing is wrong, and the kills have hit rollbacks too. */
    boolean passed() {
        return violations.isEmpty() && hits.rollbacks() > 0;
    }

    /** Prints the first violations in full, what was hit, and the totals. */
    void print(PrintStream out) {
        Set<String> shown = new LinkedHashSet<>();
        violations.stream().map(Violation::execution).forEach(execution -> {
            if (shown.size() < SHOWN && shown.add(execution)) {
                print(execution, out);
            }
        });
        out.println(hits);
        if (hits.rollbacks() == 0) {
            out.println("no kill hit a rollback, so nothing is shown of those: run it with more kills");
        }
        out.println("effects: " + oracle.count(Entry.Kind.EFFECT) + ", and a key came again without a second one "
                + oracle.count(Entry.Kind.REPEAT) + " times");
        out.println("sagas that ended: "
                + Stream.of(Journal.State.values())
                        .filter(Journal.State::ended)
                        .map(state -> state.name().toLowerCase(Locale.ROOT) + " " + count(state))
                        .collect(Collectors.joining(", ")));
        out.println(this);
    }

    private void print(String execution, PrintStream out) {
        Row row = journal.executions().get(execution);
        out.println("execution " + execution + ": " + row);
        violations.stream()
                .filter(violation -> violation.execution().equals(execution))
                .forEach(violation -> out.println("  " + violation.kind() + ": " + violation.text()));
        oracle.trail(execution).entries().forEach(entry -> out.println("  " + entry));
    }

    private int count(Kind kind) {
        return (int) violations.stream()
                .filter(violation -> violation.kind() == kind)
                .count();
    }

    private long count(Journal.State state) {
        return journal.executions().values().stream()
                .filter(row -> row.state() == state)
                .count();
    }

    @Override
    public String toString() {
        return kills + " kills, " + sagas() + " sagas, " + lost() + " lost, " + duplicated() + " duplicated, "
                + outOfOrder() + " out of order";
    }
}
