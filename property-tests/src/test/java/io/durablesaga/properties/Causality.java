package io.durablesaga.properties;

import io.durablesaga.properties.Entry.What;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What must have come before what, read off the log: I3, I5 and I7, and the order of undos of I1. */
final class Causality {
    private final List<Entry> log;
    private final Expected expected;
    private final Map<String, String> executions;
    private final Map<Body, Integer> firstRun = new HashMap<>();
    private final Map<Body, Integer> lastRun = new HashMap<>();
    private final Map<Body, Integer> lastRecord = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    Causality(Run.Outcome outcome, Expected expected) {
        this.log = outcome.world().log();
        this.expected = expected;
        this.executions = outcome.world().executions();
    }

    List<String> problems() {
        index();
        expected.before.forEach((body, before) -> before.forEach(earlier -> follows(earlier, body)));
        expected.endings.forEach(this::decidedBeforeUndone);
        return problems;
    }

    private void index() {
        Map<String, Body> byRecord = new HashMap<>();
        expected.bodies.keySet().forEach(body -> byRecord.put(record(body), body));
        for (int i = 0; i < log.size(); i++) {
            Entry entry = log.get(i);
            Body body = entry.body();
            if (entry.what() == What.RUN && body != null) {
                firstRun.putIfAbsent(body, i);
                lastRun.put(body, i);
            } else if (entry.what() == What.DURABLE && body != null) {
                Body recorded = byRecord.get(entry.execution() + ":" + body);
                if (recorded != null && isOutcome(entry)) {
                    lastRecord.put(recorded, i);
                }
            }
        }
    }

    private String record(Body body) {
        return executions.get(body.execution()) + ":" + new Body(body.path(), body.undo());
    }

    private static boolean isOutcome(Entry entry) {
        boolean ofBody = List.of("ACTION", "CAPTURE", "POLL", "UNDO").stream()
                .anyMatch(kind -> entry.detail().startsWith(kind + " "));
        return ofBody
                && (entry.detail().endsWith(" COMPLETED") || entry.detail().endsWith(" FAILED"));
    }

    /**
     * The later one begins after the earlier one has ended and that is durable. One that only reads may begin before it is
     * durable, and begin again after a crash has undone that.
     */
    private void follows(Body earlier, Body later) {
        Integer began = firstRun.get(later);
        Integer ended = lastRun.get(earlier);
        if (began == null || ended == null) {
            return;
        }
        boolean reads = expected.reading.contains(later);
        if (ended > (reads ? Objects.requireNonNull(lastRun.get(later)) : began)) {
            problems.add("I3: " + earlier + " ran after " + later + " had begun");
        }
        Integer recorded = lastRecord.get(earlier);
        if (!reads && (recorded == null || recorded > began)) {
            problems.add("I5: " + later + " began before the outcome of " + earlier + " was durable");
        }
    }

    /** I7: what the unwind is for is durable before its first undo. */
    private void decidedBeforeUndone(String execution, Expected.Ending ending) {
        Integer undone = firstRun.entrySet().stream()
                .filter(run -> run.getKey().undo() && run.getKey().execution().equals(execution))
                .map(Map.Entry::getValue)
                .min(Integer::compareTo)
                .orElse(null);
        Expected.Cause cause = ending.cause();
        if (undone == null || cause == null) {
            return;
        }
        String name = Objects.requireNonNull(executions.get(execution));
        boolean decided = log.subList(0, undone).stream()
                .anyMatch(entry -> entry.what() == What.DURABLE
                        && entry.execution().equals(name)
                        && isDecision(entry.detail(), cause.path()));
        if (!decided) {
            problems.add("I7: the first undo ran before the failure of " + cause.path() + " was durable");
        }
    }

    private static boolean isDecision(String record, String path) {
        return List.of(
                        "ACTION " + path + " FAILED",
                        "CAPTURE " + path + " FAILED",
                        "POLL " + path + " FAILED",
                        "FAILURE failed:" + path + " FAILED",
                        "CALLBACK await:" + path + " FAILED",
                        "INVOKE " + path + " COMPLETED")
                .contains(record);
    }
}
