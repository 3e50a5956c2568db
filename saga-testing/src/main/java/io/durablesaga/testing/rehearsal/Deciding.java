package io.durablesaga.testing.rehearsal;

import io.durablesaga.engine.Decision;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.EffectReport.State;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** I1: what a person has decided is done, and the result tells of it. */
final class Deciding {
    private final Evidence evidence;
    private final Map<String, EffectReport> reports;

    Deciding(Evidence evidence, Map<String, EffectReport> reports) {
        this.evidence = evidence;
        this.reports = reports;
    }

    void judge() {
        evidence.tally().decisions().forEach((path, at) -> {
            Decision decision = evidence.subject().decision();
            if (decision instanceof Decision.Skip) {
                listed(path, State.SKIPPED);
            } else if (decision instanceof Decision.Resolved) {
                listed(path, State.RESOLVED);
            } else if (!attemptedAfter(path, at)) {
                evidence.violate("I1", "a person has decided that " + path + " be attempted again, and it was not");
            }
        });
    }

    private void listed(String path, State state) {
        @Nullable EffectReport report = reports.get(path);
        if (report == null || report.state() != state) {
            evidence.violate(
                    "I1",
                    "what the result says of " + path + ", which a person has decided on",
                    state.toString(),
                    report == null ? "nothing" : report.state().toString());
        }
    }

    private boolean attemptedAfter(String path, int at) {
        return evidence.tally().attempts(path).stream().anyMatch(attempt -> attempt.began > at)
                || evidence.tally().attempts(Tally.undoOf(path)).stream().anyMatch(attempt -> attempt.began > at);
    }
}
