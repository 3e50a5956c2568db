package io.durablesaga.properties;

import io.durablesaga.properties.Expected.Ending;
import io.durablesaga.properties.Expected.Report;
import io.durablesaga.properties.Expected.Status;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.testing.engine.EngineUnderTest.RecordedOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares what happened with what must have; empty where all is well. */
final class Verdict {
    private final Run.Outcome outcome;
    private final Expected expected;
    private final World world;
    private final List<String> problems = new ArrayList<>();

    private Verdict(Run.Outcome outcome, Expected expected) {
        this.outcome = outcome;
        this.expected = expected;
        this.world = outcome.world();
    }

    static List<String> on(Run.Outcome outcome, Expected expected) {
        Verdict verdict = new Verdict(outcome, expected);
        if (!outcome.ended()) {
            verdict.problems.add("I6: it has not ended, it is " + outcome.statuses());
            return verdict.problems;
        }
        verdict.problems.addAll(world(outcome, expected.oneLine));
        verdict.bodies();
        verdict.effects();
        verdict.endings();
        verdict.operations();
        verdict.problems.addAll(new Causality(outcome, expected).problems());
        return verdict.problems;
    }

    private static List<String> world(Run.Outcome outcome, boolean oneLine) {
        List<String> problems = new ArrayList<>(outcome.world().violations());
        if (oneLine && outcome.world().startedDead() > 0) {
            problems.add("I5: " + outcome.world().startedDead() + " bodies were started by a dead process");
        }
        return problems;
    }

    private void same(String what, Object wanted, Object was) {
        if (!wanted.equals(was)) {
            problems.add(what + "\n      expected " + wanted + "\n      but was  " + was);
        }
    }

    private void bodies() {
        Set<Body> ran = new TreeSet<>();
        world.lives().forEach((body, life) -> {
            if (life.runs() > 0) {
                ran.add(body);
            }
        });
        same("the bodies that ran", expected.bodies.keySet(), ran);
    }

    /** I1: exactly the effects that must be, where a crash may have prevented one that its saga does not know of. */
    private void effects() {
        expected.bodies.forEach((body, applied) -> {
            boolean was = world.hadEffect(body);
            boolean wanted = applied != Behaviour.Applied.NO;
            boolean open = applied == Behaviour.Applied.UNLESS_CRASHED
                    && !outcome.faults().fired().isEmpty();
            if (was != wanted && !open) {
                problems.add("I1: " + body + (was ? " had an effect and must not" : " had no effect and must"));
            }
        });
    }

    private void endings() {
        outcome.statuses().forEach((execution, status) -> {
            String which = execution.isEmpty() ? "the ending" : "the ending of " + execution;
            Ending wanted = expected.endings.get(execution);
            if (wanted == null || !(status instanceof SagaStatus.Ended<String> ended)) {
                problems.add(which + " is not to be, it is " + status);
                return;
            }
            same(which, wanted, ending(ended.result()));
            effectsOf(ended.result()).forEach(report -> keys(execution, report));
        });
    }

    private static Ending ending(SagaResult<String> result) {
        if (result instanceof SagaResult.Completed<String> completed) {
            return new Ending(Status.COMPLETED, null, completed.value(), List.of());
        }
        io.durablesaga.result.Cause cause = result instanceof SagaResult.Compensated<String> compensated
                ? compensated.cause()
                : ((SagaResult.Stuck<String>) result).cause();
        return new Ending(
                result instanceof SagaResult.Stuck<String> ? Status.STUCK : Status.COMPENSATED,
                new Expected.Cause(cause.path(), cause.failure().kind()),
                null,
                effectsOf(result).stream().map(Report::of).toList());
    }

    private static List<EffectReport> effectsOf(SagaResult<String> result) {
        if (result instanceof SagaResult.Compensated<String> compensated) {
            return compensated.effects();
        }
        return result instanceof SagaResult.Stuck<String> stuck ? stuck.effects() : List.of();
    }

    /** The keys and the attempts that a report names are those that bodies had. */
    private void keys(String execution, EffectReport report) {
        Life forward = world.lives().get(Body.forward(execution + report.path()));
        Life undo = world.lives().get(Body.undo(execution + report.path()));
        String path = "the report of " + execution + report.path();
        if (forward != null) {
            same(path + ": action key", Optional.ofNullable(forward.key()), Optional.of(report.actionKey()));
            same(path + ": attempts of the action", forward.attempt(), report.actionAttempts());
        }
        if (undo != null) {
            same(path + ": undo key", Optional.ofNullable(undo.key()), Optional.of(report.undoKey()));
            handed(report, undo, Body.forward(execution + report.path()));
        }
        same(path + ": attempts of the undo", undo == null ? 0 : undo.attempts(), report.undoAttempts());
    }

    /** An undo is told the result of what completed, and of what is unknown what its own look-up finds. */
    private void handed(EffectReport report, Life undo, Body forward) {
        Life action = world.lives().get(forward);
        boolean known = report.action() == EffectReport.Action.COMPLETED;
        if (known && action == null) {
            return; // an invoked saga, whose result is in its own ending
        }
        Optional<String> wanted = Optional.empty();
        if (known && !Objects.requireNonNull(action).sends()) {
            wanted = Optional.of("did " + forward.place());
        } else if (!known && undo.finding() && world.hadEffect(forward)) {
            wanted = Optional.of("holds " + forward.place());
        }
        for (Optional<String> told : undo.handed()) {
            same("what " + undo + " was told", wanted, told);
        }
    }

    private void operations() {
        outcome.operations().forEach((execution, operations) -> {
            List<String> wanted = expected.operations.getOrDefault(execution, List.of()).stream()
                    .sorted()
                    .toList();
            List<String> recorded = operations.stream()
                    .map(operation -> asWanted(operation, wanted))
                    .sorted()
                    .toList();
            same("what " + (execution.isEmpty() ? "the root" : execution) + " recorded", wanted, recorded);
        });
    }

    private static String asWanted(RecordedOperation operation, List<String> wanted) {
        String whatever = operation.kind() + " " + operation.name() + Expected.WHATEVER;
        return wanted.contains(whatever) ? whatever : operation.toString();
    }
}
