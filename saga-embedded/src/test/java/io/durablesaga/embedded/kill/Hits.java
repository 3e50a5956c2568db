package io.durablesaga.embedded.kill;

import io.durablesaga.embedded.kill.Entry.Direction;
import io.durablesaga.embedded.kill.Entry.Kind;
import io.durablesaga.embedded.kill.Journal.Settled;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the kills have hit; one kill may hit several executions, each somewhere else. */
final class Hits {
    private int forwardBodies;
    private int undoBodies;
    private int beforeTheRecord;
    private int rollbacks;
    /** The process was opening the journal or replaying, and no body had run yet. */
    private int recoveries;

    private int between;

    /** An attempt under way or over. */
    private record Run(String execution, Direction direction, String path, int attempt) {}

    /**
     * Takes note of a kill.
     *
     * @param left the journal that it left
     * @param written what the killed process had written to the ledger
     * @param undoing the executions whose rollback had begun, in this process or an earlier one
     */
    void note(Journal left, List<Entry> written, Set<String> undoing) {
        Set<Run> open = new HashSet<>();
        Map<Run, Boolean> over = new HashMap<>();
        for (Entry entry : written) {
            Run run = new Run(entry.execution(), entry.direction(), entry.path(), entry.attempt());
            if (entry.is(Kind.BEGIN)) {
                open.add(run);
            } else if (entry.is(Kind.END)) {
                open.remove(run);
                over.put(run, true);
            }
        }
        forwardBodies += open.stream().anyMatch(run -> run.direction() == Direction.DO) ? 1 : 0;
        undoBodies += open.stream().anyMatch(run -> run.direction() == Direction.UNDO) ? 1 : 0;
        beforeTheRecord += isUnrecorded(over.keySet(), left) ? 1 : 0;
        rollbacks += left.unfinished().stream().anyMatch(undoing::contains) ? 1 : 0;
        recoveries += written.isEmpty() ? 1 : 0;
        between += !written.isEmpty() && open.isEmpty() ? 1 : 0;
    }

    private static boolean isUnrecorded(Set<Run> over, Journal left) {
        Map<String, Integer> recorded = new HashMap<>();
        for (Settled record : left.records()) {
            recorded.merge(
                    record.operation().execution() + " " + record.name(),
                    record.outcome().attempt(),
                    Math::max);
        }
        return over.stream()
                .anyMatch(run -> recorded.getOrDefault(
                                run.execution() + " " + (run.direction() == Direction.UNDO ? "undo:" : "") + run.path(),
                                0)
                        < run.attempt());
    }

    /** How many kills hit an execution that was being undone. */
    int rollbacks() {
        return rollbacks;
    }

    @Override
    public String toString() {
        return "kills that hit: forward bodies " + forwardBodies + ", undo bodies " + undoBodies
                + ", between bodies " + between + ", between an effect and its record " + beforeTheRecord
                + ", executions in rollback " + rollbacks + ", recovery " + recoveries;
    }
}
