package io.durablesaga.testing.rehearsal;

import io.durablesaga.Node;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.SagaResult;
import io.durablesaga.testing.rehearsal.Tally.Attempt;
import io.durablesaga.testing.rehearsal.Tally.Recorded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** I2 to I5 and I7: keys, causes and records, all along a run and however it ended. */
final class Course {
    private final Evidence evidence;
    private final Tally tally;
    private final Order order;
    private final boolean retried;

    Course(Evidence evidence) {
        this.evidence = evidence;
        this.tally = evidence.tally();
        this.order = evidence.order();
        this.retried = evidence.subject().decision() instanceof Decision.Retry;
    }

    void judge() {
        keys();
        tally.operations().forEach(this::stability);
        tally.recorded().forEach(this::openedOnce);
        tally.operations().forEach(this::numbers);
        causality();
        landings();
    }

    // I2: one key per effect

    private void keys() {
        Map<String, String> operations = new HashMap<>();
        for (String operation : tally.operations()) {
            for (Attempt attempt : tally.attempts(operation)) {
                String first = tally.attempts(operation).get(0).key;
                if (!Objects.equals(first, attempt.key)) {
                    evidence.violate("I2", operation + " has another key", first, attempt.key);
                }
                String other = attempt.key == null ? null : operations.putIfAbsent(attempt.key, operation);
                if (other != null && !other.equals(operation)) {
                    evidence.violate("I2", operation + " has the key of " + other);
                }
            }
        }
    }

    // I4: what is recorded stays

    private void stability(String operation) {
        Recorded outcome = tally.outcome(operation);
        if (outcome == null || (retried && outcome.what().event().equals("FAILED"))) {
            return;
        }
        if (tally.attempts(operation).stream().anyMatch(attempt -> attempt.began > outcome.at())) {
            evidence.violate("I4", operation + " ran again after its outcome was recorded");
        }
        List<Recorded> outcomes = tally.records(operation).stream()
                .filter(recorded -> recorded.what().outcome())
                .toList();
        if (outcomes.size() > 1) {
            evidence.violate("I4", operation + " has more than one outcome: " + outcomes);
        }
    }

    /** A second record of when a wait began would move its end, and a second callback is not the one that was sent out. */
    private void openedOnce(String operation) {
        long opened = tally.records(operation).stream()
                .filter(recorded -> recorded.what().event().equals("OPENED"))
                .count();
        if (opened > 1 && !operation.startsWith("decide:")) {
            evidence.violate("I4", operation + " was opened again, " + opened + " times in all");
        }
    }

    // I5: a start is durable before its body runs, so a crash cannot make two attempts look like one

    private void numbers(String operation) {
        List<Attempt> attempts = tally.attempts(operation);
        for (int i = 1; i < attempts.size(); i++) {
            Attempt before = attempts.get(i - 1);
            Attempt attempt = attempts.get(i);
            if (!attempt.look && !retried && attempt.number <= before.number) {
                evidence.violate(
                        "I5",
                        "attempt " + before.number + " of " + operation + " is followed by attempt " + attempt.number
                                + ": its start was not recorded");
            }
        }
    }

    // I3 and I7: nothing forward once it goes back, and only a durable failure turns it

    private void causality() {
        int firstUndo = evidence.firstUndo();
        for (String operation : tally.operations()) {
            for (Attempt attempt : tally.attempts(operation)) {
                if (!Tally.isUndo(operation) && attempt.began > firstUndo) {
                    evidence.violate("I3", operation + " started after the first undo");
                }
                if (Tally.isUndo(operation)) {
                    over(operation, attempt);
                } else {
                    goesOn(operation, attempt);
                }
            }
            if (firstUndo != Integer.MAX_VALUE && order.pastPivot(operation)) {
                evidence.violate("I7", "it was undone though it had come past its pivot, to " + operation);
            }
        }
    }

    private void over(String undo, Attempt undoing) {
        String path = Tally.undone(undo);
        Predicate<Attempt> running = attempt -> attempt.began < undoing.began
                && attempt.incarnation == undoing.incarnation
                && !Tally.over(attempt, undoing.began);
        if (tally.attempts(path).stream().anyMatch(running)) {
            evidence.violate("I3", undo + " started while " + path + " was still running");
        }
    }

    private void goesOn(String operation, Attempt attempt) {
        for (String earlier : tally.operations()) {
            Recorded outcome = tally.outcome(earlier);
            boolean failed = outcome != null
                    && outcome.what().event().equals("FAILED")
                    && outcome.at() < attempt.began
                    && !order.pastPivot(earlier)
                    && order.node(earlier)
                            .filter(node -> !(node instanceof Node.Poll))
                            .isPresent();
            if (failed && order.before(earlier, operation)) {
                evidence.violate("I7", operation + " started after the failure of " + earlier + " was recorded");
            }
        }
    }

    /** The first undo comes after a record of what it is run for. */
    void decision(SagaResult<?> result) {
        int firstUndo = evidence.firstUndo();
        if (firstUndo == Integer.MAX_VALUE || result instanceof SagaResult.Completed<?>) {
            return;
        }
        String cause = result instanceof SagaResult.Compensated<?> compensated
                ? compensated.cause().path()
                : ((SagaResult.Stuck<?>) result).cause().path();
        boolean durable = decided(cause, firstUndo)
                || decided("failed:" + cause, firstUndo)
                || decided("await:" + cause, firstUndo);
        if (!durable) {
            evidence.violate("I7", "the first undo started before the failure of " + cause + " was recorded");
        }
    }

    /** Whether it had failed, or somebody outside had said what makes it fail. */
    private boolean decided(String operation, int before) {
        return tally.records(operation).stream()
                .filter(recorded -> recorded.at() < before && recorded.what().outcome())
                .anyMatch(recorded -> recorded.what().event().equals("FAILED")
                        || recorded.what().kind().equals("CALLBACK")
                        || recorded.what().kind().equals("INVOKE"));
    }

    // I3: what a superseded incarnation had started

    private void landings() {
        tally.landed().forEach((operation, at) -> {
            boolean known = tally.firstEffect(operation).isPresent();
            if (!known
                    && evidence.undone(operation)
                    && !Subject.named(evidence.subject().barriers(), operation)) {
                evidence.violate(
                        "I3",
                        operation + " needs a barrier: an attempt of a superseded incarnation had its effect after"
                                + " the undo. Let the effect refuse a key that has been undone, and say so with"
                                + " barrier(...)");
            }
        });
    }
}
