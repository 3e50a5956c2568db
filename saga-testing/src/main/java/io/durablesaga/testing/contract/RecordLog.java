package io.durablesaga.testing.contract;

import io.durablesaga.testing.engine.RecordGate.Written;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What has become durable, and how many attempts had begun by then. Thread-safe. */
final class RecordLog {
    private static final Set<String> BODIES = Set.of("ACTION", "UNDO", "CAPTURE", "POLL");
    private static final Set<String> FENCED = Set.of("ACTION", "UNDO");

    private final World world;
    private final Set<Written> durable = new HashSet<>();
    private final Set<String> fenced = new HashSet<>();
    private final Set<String> executions = new HashSet<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private int firstFailure = Integer.MAX_VALUE;

    /** From here on, a body must not run again. */
    private record Outcome(String body, int attempts) {}

    RecordLog(World world) {
        this.world = world;
    }

    synchronized void durable(List<Written> written) {
        int attempts = world.attempts().size();
        for (Written record : written) {
            executions.add(record.execution());
            if (!record.kind().equals("EXECUTION") && !durable.add(record)) {
                violations.add("recorded twice: " + record);
            }
            if (FENCED.contains(record.kind())) {
                fenced.add(bodyOf(record));
            }
            if (BODIES.contains(record.kind()) && Set.of("COMPLETED", "FAILED").contains(record.event())) {
                outcomes.add(new Outcome(bodyOf(record), attempts));
            }
            if (record.event().equals("FAILED")) {
                firstFailure = Math.min(firstFailure, attempts);
            }
        }
    }

    /** Somebody has decided that what failed for good is attempted again, as an operation of its own. */
    synchronized void again() {
        checkNothingRanAgain(world.attempts());
        outcomes.clear();
        durable.clear();
    }

    /** The executions that have recorded something. */
    synchronized Set<String> executions() {
        return Set.copyOf(executions);
    }

    /** What no engine may do, whatever breaks. */
    synchronized List<String> violations() {
        List<String> attempts = world.attempts();
        checkNothingRanAgain(attempts);
        for (int i = 0; i < Math.min(firstFailure, attempts.size()); i++) {
            if (attempts.get(i).startsWith("undo ")) {
                violations.add("began before a failure was durable: " + attempts.get(i));
            }
        }
        return List.copyOf(violations);
    }

    /** The bodies whose starts are durable before they run; others may run ahead of the records before them. */
    synchronized Set<String> fenced() {
        return Set.copyOf(fenced);
    }

    /** Attempts that were numbered twice, of bodies whose starts are durable before they run. */
    synchronized List<String> numberedTwice() {
        Set<String> seen = new HashSet<>();
        return world.attempts().stream()
                .filter(attempt -> fenced.contains(attempt.substring(0, attempt.lastIndexOf('#'))))
                .filter(attempt -> !seen.add(attempt))
                .toList();
    }

    private void checkNothingRanAgain(List<String> attempts) {
        for (Outcome outcome : outcomes) {
            attempts.stream()
                    .skip(outcome.attempts())
                    .filter(attempt -> attempt.startsWith(outcome.body() + "#"))
                    .forEach(attempt -> violations.add("began although its outcome was durable: " + attempt));
        }
    }

    /** The body of an operation, as the world calls it: the last name of its path and the item it belongs to. */
    private static String bodyOf(Written written) {
        boolean undo = written.kind().equals("UNDO");
        String path = undo ? written.name().substring("undo:".length()) : written.name();
        String name = path.substring(path.lastIndexOf('/') + 1);
        String item = path.indexOf(']') < 0 ? "" : path.substring(path.indexOf('['), path.indexOf(']') + 1);
        return (undo ? "undo " : "") + name + item;
    }
}
