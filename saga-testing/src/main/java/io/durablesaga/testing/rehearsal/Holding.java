package io.durablesaga.testing.rehearsal;

import io.durablesaga.Undo;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.EffectReport.State;
import java.util.List;
import java.util.Map;

/** I1: an undo that fails for good holds those of earlier steps where its step says so, and no other one does. */
final class Holding {
    private final Evidence evidence;
    private final Map<String, EffectReport> reports;

    Holding(Evidence evidence, Map<String, EffectReport> reports) {
        this.evidence = evidence;
        this.reports = reports;
    }

    void judge() {
        List<String> holders = reports.values().stream()
                .filter(this::holdsEarlier)
                .map(EffectReport::path)
                .toList();
        reports.forEach((path, report) -> {
            boolean held = holders.stream().anyMatch(holder -> evidence.order().holds(holder, path));
            String undo = Tally.undoOf(path);
            if (held && !evidence.tally().attempts(undo).isEmpty()) {
                evidence.violate("I1", undo + " ran, though an undo that holds it has failed: " + holders);
            }
            if (!held && report.state() == State.HELD) {
                evidence.violate("I1", undo + " is said to be held, and no undo that failed holds it");
            }
        });
    }

    private boolean holdsEarlier(EffectReport report) {
        return report.state() == State.NOT_UNDONE
                && evidence.undo(report.path()) instanceof Undo.By<?, ?> by
                && by.options().holding();
    }
}
