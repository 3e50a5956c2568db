package io.durablesaga.properties;

import io.durablesaga.result.EffectReport;
import io.durablesaga.result.Failure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What must be true at the end, of all executions of a run. */
final class Expected {
    /** The outcome of an operation that depends on who is first. */
    static final String WHATEVER = " WHATEVER";

    private static final Set<EffectReport.State> OPEN = EnumSet.of(
            EffectReport.State.NOT_UNDONE,
            EffectReport.State.HELD,
            EffectReport.State.SKIPPED,
            EffectReport.State.STANDING,
            EffectReport.State.NOT_DONE);

    /** The bodies that run, and whether they have their effects in the end; nothing for bodies without. */
    final Map<Body, Behaviour.Applied> bodies = new TreeMap<>();

    /** What must have ended, durably, before a body starts. */
    final Map<Body, Set<Body>> before = new HashMap<>();

    /** The bodies that only read. */
    final Set<Body> reading = new LinkedHashSet<>();

    /** How executions end, by what leads to them; the root by nothing. */
    final Map<String, Ending> endings = new TreeMap<>();

    /** What the executions record, by what leads to them. */
    final Map<String, List<String>> operations = new TreeMap<>();

    /** Whether nothing runs beside anything else. */
    boolean oneLine = true;

    /** In one word. */
    enum Status {
        COMPLETED,
        COMPENSATED,
        STUCK
    }

    /** Why a saga does not complete. */
    record Cause(String path, Failure.Kind kind) {}

    /** What becomes of one effect. */
    record Report(String path, EffectReport.Action action, EffectReport.State state) {
        /** Whether somebody still has to look at it. */
        boolean open() {
            return OPEN.contains(state);
        }

        static Report of(EffectReport report) {
            return new Report(report.path(), report.action(), report.state());
        }

        @Override
        public String toString() {
            return path + " " + action + " " + state;
        }
    }

    /** How an execution ends. */
    record Ending(
            Status status, @Nullable Cause cause, @Nullable String value, List<Report> reports) {
        @Override
        public String toString() {
            return status
                    + (cause == null ? " with " + value : " because of " + cause.path() + " " + cause.kind())
                    + (reports.isEmpty() ? "" : " " + reports);
        }
    }

    Ending root() {
        return endings.get("");
    }

    void record(String execution, String operation) {
        operations.computeIfAbsent(execution, e -> new ArrayList<>()).add(operation);
    }
}
