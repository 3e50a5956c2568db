package io.durablesaga.testing.rehearsal;

import io.durablesaga.Node;
import io.durablesaga.StepOptions;
import io.durablesaga.StepRejected;
import io.durablesaga.Undo;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.EffectReport.State;
import io.durablesaga.result.SagaResult;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Schedule;
import io.durablesaga.testing.rehearsal.Tally.Attempt;
import io.durablesaga.testing.rehearsal.Tally.Recorded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** I1: an execution that has ended has done everything, or has undone everything in reverse, or lists what is left. */
final class Ending {
    private final Evidence evidence;
    private final Tally tally;
    private final Order order;

    Ending(Evidence evidence) {
        this.evidence = evidence;
        this.tally = evidence.tally();
        this.order = evidence.order();
    }

    void judge(SagaResult<?> result, String end, @Nullable String expectedEnd, List<Node> nodes) {
        if (expectedEnd != null && !mayEndOtherwise(nodes) && !end.equals(expectedEnd)) {
            evidence.violate("I1", otherwise(), expectedEnd, end);
        }
        if (result instanceof SagaResult.Completed<?>) {
            completed();
        } else if (result instanceof SagaResult.Compensated<?> compensated) {
            unwound(compensated.effects(), true);
        } else if (result instanceof SagaResult.Stuck<?> stuck) {
            unwound(stuck.effects(), false);
            if (stuck.open().isEmpty() && !stuck.cause().path().equals("returning")) {
                evidence.violate("I1", "it is stuck and lists nothing that is left to do");
            }
        }
    }

    private String otherwise() {
        return evidence.schedule().equals(Schedule.NONE)
                ? "it does not complete though nothing goes wrong; give what it awaits with answering(...), or say"
                        + " neverCompletes() if it is not meant to"
                : "it ends otherwise than without faults";
    }

    /** Times decide who answers first, and more crashes than a step survives leave its outcome unknown. */
    private boolean mayEndOtherwise(List<Node> nodes) {
        int faults = evidence.schedule().faults().size();
        return evidence.schedule().has(Fault.TIMER_SKEW)
                || evidence.schedule().has(Fault.CALLBACK_RACE)
                || nodes.stream().anyMatch(node -> faults > survived(node));
    }

    private static int survived(Node node) {
        int action = Evidence.options(node).interruptions();
        return Evidence.undo(node) instanceof Undo.By<?, ?> by
                ? Math.min(action, by.options().interruptions())
                : action;
    }

    private void completed() {
        if (!tally.undos().isEmpty()) {
            evidence.violate("I1", "it completed, and these were undone: " + tally.undos());
        }
        if (evidence.subject().decision() instanceof Decision.Skip
                && !tally.decisions().isEmpty()) {
            evidence.violate(
                    "I1",
                    "it completed, and a person had left undone "
                            + tally.decisions().keySet());
        }
        boolean settledByHand = evidence.subject().decision() instanceof Decision.Resolved;
        for (String path : tally.steps()) {
            if (tally.firstEffect(path).isEmpty() && !settledByHand) {
                evidence.violate("I1", "it completed, and " + path + " never had its effect");
            }
        }
    }

    private void unwound(List<EffectReport> reports, boolean all) {
        Map<String, EffectReport> byPath = new HashMap<>();
        reports.forEach(report -> byPath.put(report.path(), report));
        for (String path : tally.steps()) {
            if (mayHaveHappened(path)) {
                listed(path, byPath.get(path), all);
            } else if (!tally.attempts(Tally.undoOf(path)).isEmpty() && rejectedAtOnce(path)) {
                evidence.violate("I1", path + " was rejected on its first attempt, and was undone");
            }
        }
        tally.undos().forEach(this::hasSomethingToUndo);
        undoOrder();
        new Holding(evidence, byPath).judge();
        new Deciding(evidence, byPath).judge();
    }

    private void hasSomethingToUndo(String undo) {
        String path = Tally.undone(undo);
        boolean invoked = order.node(path).filter(Node.Invoke.class::isInstance).isPresent();
        boolean started =
                !tally.attempts(path).isEmpty() || !tally.records(path).isEmpty();
        if (!started && !invoked) {
            evidence.violate("I1", path + " never ran, and was undone");
        }
    }

    private void listed(String path, @Nullable EffectReport report, boolean all) {
        boolean undone = evidence.undone(path);
        if (report == null) {
            evidence.violate("I1", path + " happened, or may have, and the result does not list it");
            return;
        }
        if (report.state() == State.UNDONE && !undone) {
            evidence.violate("I1", path + " is said to be undone, and its undo never had its effect");
        }
        boolean hasUndo = evidence.undo(path) instanceof Undo.By<?, ?>;
        if (all && hasUndo && !undone && report.state() != State.RESOLVED) {
            evidence.violate("I1", "it is said to be compensated, and " + path + " was not undone");
        }
        if (report.state() == State.NOT_UNDONE) {
            toleratesNothing(path);
        }
        String undo = Tally.undoOf(path);
        tally.attempts(path).forEach(attempt -> sameKey(path, report.actionKey(), attempt));
        tally.attempts(undo).forEach(attempt -> sameKey(undo, report.undoKey(), attempt));
    }

    /** An undo may be asked to undo what never happened. */
    private void toleratesNothing(String path) {
        String undo = Tally.undoOf(path);
        boolean itself = tally.attempts(undo).stream()
                .anyMatch(attempt -> attempt.thrown != null
                        && !(attempt.thrown instanceof InjectedFailure)
                        && !(attempt.thrown instanceof Died));
        if (tally.firstEffect(path).isEmpty() && itself) {
            evidence.violate(
                    "I1",
                    undo + " fails where " + path
                            + " has had no effect; whether it has had one is not always known, so an"
                            + " undo must tolerate that there is nothing to undo");
        }
    }

    private void sameKey(String operation, String reported, Attempt attempt) {
        if (!reported.equals(attempt.key)) {
            evidence.violate("I1", "the key that the result lists for " + operation, attempt.key, reported);
        }
    }

    /** Only a rejection on the first attempt is surely without effect, unless the provider repeats its first answer. */
    private boolean mayHaveHappened(String path) {
        List<Attempt> attempts = tally.attempts(path);
        Attempt last = attempts.get(attempts.size() - 1);
        StepOptions options = evidence.options(path);
        boolean says = last.thrown instanceof StepRejected
                || options.rejections().stream().anyMatch(type -> type.isInstance(last.thrown));
        boolean first = attempts.size() == 1 && last.number == 1; // a wrong engine may count wrongly
        return !says || !(first || options.replaysFirstAnswer());
    }

    private boolean rejectedAtOnce(String path) {
        Recorded outcome = tally.outcome(path);
        return outcome != null && outcome.what().attempt() == 1;
    }

    private void undoOrder() {
        List<String> paths = tally.steps();
        for (String first : paths) {
            int begun = evidence.firstBegan(Tally.undoOf(first));
            for (String second : paths) {
                boolean secondLater = evidence.firstEffect(Tally.undoOf(second)) > begun;
                if (begun >= 0 && secondLater && order.before(first, second)) {
                    evidence.violate(
                            "I1",
                            "undone in the wrong order",
                            Tally.undoOf(second) + ", " + Tally.undoOf(first),
                            Tally.undoOf(first) + ", " + Tally.undoOf(second));
                }
            }
        }
    }
}
