package io.durablesaga.testing.exploration;

import io.durablesaga.testing.fault.Failing;
import io.durablesaga.testing.fault.Schedule;
import io.durablesaga.testing.fault.Schedule.Failure;
import io.durablesaga.testing.rehearsal.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every choice of what fails for good: nothing, each step in each way, each undo, and everything twice. */
final class Scenarios {
    private static final List<Failing> WAYS = List.of(Failing.REJECTED, Failing.BEFORE_EFFECT, Failing.AFTER_EFFECT);
    private static final Failure EVERYTHING_TWICE = new Failure(Failing.TWICE, "*");

    private final Plan plan;
    private final Set<String> steps = new LinkedHashSet<>();

    Scenarios(Plan plan) {
        this.plan = plan;
    }

    /** What the run without failures, or one with, makes possible that was not known yet. */
    List<Schedule> after(Outcome outcome) {
        List<Schedule> scenarios = new ArrayList<>();
        Failure[] already = outcome.schedule().failures().toArray(Failure[]::new);
        for (String step : outcome.steps()) {
            if (steps.add(step)) {
                for (Failing way : WAYS) {
                    add(scenarios, step, way, already);
                }
            }
        }
        for (String await : outcome.awaits()) {
            if (already.length == 0) {
                add(scenarios, await, Failing.UNANSWERED);
            }
        }
        return scenarios;
    }

    /** What was asked to fail, and is no step that has run: perhaps a name with a mistake in it. */
    List<String> neverRun() {
        return plan.failing().keySet().stream()
                .filter(name -> steps.stream().noneMatch(new Failure(Failing.REJECTED, name)::concerns))
                .sorted()
                .toList();
    }

    /** Each undo failing for good, while this scenario makes it run. */
    List<Schedule> undosFailing(Outcome unwound) {
        List<Schedule> scenarios = new ArrayList<>();
        for (String step : unwound.steps()) {
            add(scenarios, step, Failing.UNDO, unwound.schedule().failures().toArray(Failure[]::new));
        }
        return scenarios;
    }

    /** The same with every body running twice. */
    static Schedule twice(Schedule scenario) {
        List<Failure> failures = new ArrayList<>(scenario.failures());
        failures.add(EVERYTHING_TWICE);
        return new Schedule(failures, List.of());
    }

    /**
     * The failure that makes the most undos run: that of the last step that can be undone. Not a rejection, which a crash
     * may turn into an unknown outcome.
     */
    static Optional<Outcome> mostUndone(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.end().equals("compensated"))
                .filter(outcome -> outcome.schedule().failures().size() == 1
                        && outcome.schedule().failures().get(0).failing() != Failing.REJECTED)
                .max((one, other) ->
                        Integer.compare(one.steps().size(), other.steps().size()));
    }

    private void add(List<Schedule> scenarios, String step, Failing way, Failure... already) {
        if (plan.fails(step, way)) {
            List<Failure> failures = new ArrayList<>(List.of(already));
            failures.add(new Failure(way, step));
            scenarios.add(new Schedule(failures, List.of()));
        }
    }
}
