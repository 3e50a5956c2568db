package io.durablesaga.testing.exploration;

import io.durablesaga.testing.fault.Failing;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Point;
import io.durablesaga.testing.fault.Schedule;
import io.durablesaga.testing.rehearsal.Outcome;
import io.durablesaga.testing.rehearsal.Rehearsal;
import io.durablesaga.testing.rehearsal.Subject;
import io.durablesaga.testing.rehearsal.Surroundings;
import io.durablesaga.testing.rehearsal.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Plays a saga under one schedule after the other: without faults, with every choice of what fails, then with one fault at
 * each point that these runs come by, then with one more at each point that those come by, and so on. Fewer faults come
 * first, so the first counterexample is one of the shortest.
 */
public final class Explorer<W, I, O extends @Nullable Object> {
    private final Subject<W, I, O> subject;
    private final Plan plan;
    private final Findings findings = new Findings();
    private final Map<Schedule, String> ends = new LinkedHashMap<>();
    private final AtomicLong position = new AtomicLong();
    private final long started = Sources.nanos();
    private final List<String> neverRun = new ArrayList<>();
    private volatile boolean cutShort;

    /** Explores this subject. */
    public Explorer(Subject<W, I, O> subject, Plan plan) {
        this.subject = subject;
        this.plan = plan;
    }

    /** Explores until everything is explored, something is found, or time is up. */
    public Report explore() {
        List<Outcome> scenarios = play();
        List<Schedule> singles = plan.exhaustive() == 0 ? List.of() : singles(scenarios);
        for (int depth = 2; depth <= plan.exhaustive() && findings.first().isEmpty(); depth++) {
            deeper(singles, depth);
        }
        sample(scenarios);
        return report();
    }

    /** Plays every choice of what fails, without faults; nothing else is explored. */
    public List<Schedule> scenarios() {
        play();
        return List.copyOf(ends.keySet());
    }

    /** Explores one choice of what fails. */
    public Report explore(Schedule scenario) {
        Outcome outcome = play(scenario, null);
        ends.put(scenario, outcome.end());
        findings.exist(0, 1);
        List<Schedule> singles = singles(List.of(outcome));
        for (int depth = 2; depth <= plan.exhaustive() && findings.first().isEmpty(); depth++) {
            deeper(singles, depth);
        }
        return report();
    }

    /** Explores only what is chosen by chance, if anything is. */
    public Report exploreSamples() {
        sample(play());
        return report();
    }

    /** What has been seen so far. */
    public Report report() {
        return new Report(
                plan,
                findings.depths(),
                findings.runs(),
                findings.samples(),
                findings.fired(),
                findings.points(),
                leftOut(),
                findings.first().orElse(null),
                Duration.ofNanos(Sources.nanos() - started));
    }

    private List<String> leftOut() {
        List<String> leftOut = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            if (!plan.faults().contains(fault)) {
                leftOut.add(fault.text() + ": not asked for, see faults(...)");
            }
        }
        if (plan.exhaustive() > 1 && !ends.keySet().stream().allMatch(Explorer::goesDeeper)) {
            leftOut.add("more than one fault while an undo fails for good: it is attempted so often");
        }
        neverRun.forEach(step -> leftOut.add("failing " + step + ": no step of that name has run"));
        if (findings.first().isPresent()) {
            leftOut.add("whatever comes after the first counterexample");
        } else if (cutShort) {
            leftOut.add("whatever did not fit into " + plan.budget().toSeconds() + " s, see budget(...)");
        }
        return leftOut;
    }

    // what fails for good

    private List<Outcome> play() {
        Rehearsal.requireSteps(subject, plan.failing().keySet());
        Scenarios scenarios = new Scenarios(plan);
        List<Outcome> outcomes = new ArrayList<>();
        List<Schedule> waiting = new ArrayList<>(List.of(Schedule.NONE));
        while (!waiting.isEmpty() && findings.first().isEmpty() && (outcomes.isEmpty() || !timeIsUp())) {
            Schedule next = waiting.remove(0);
            Outcome outcome = scenario(next, next.equals(Schedule.NONE) && plan.completes() ? "completed" : null);
            outcomes.add(outcome);
            waiting.addAll(scenarios.after(outcome));
        }
        findings.exist(0, waiting.size()); // what time was too short for
        if (findings.first().isEmpty()) {
            Scenarios.mostUndone(outcomes).ifPresent(unwound -> {
                scenarios.undosFailing(unwound).forEach(failing -> outcomes.add(scenario(failing, null)));
                twice(outcomes, unwound);
            });
            twice(outcomes, outcomes.get(0));
            neverRun.addAll(scenarios.neverRun());
        }
        return outcomes;
    }

    private Outcome scenario(Schedule scenario, @Nullable String expectedEnd) {
        findings.exist(0, 1);
        Outcome outcome = play(scenario, expectedEnd);
        ends.put(scenario, outcome.end());
        return outcome;
    }

    private void twice(List<Outcome> outcomes, Outcome once) {
        Outcome twice = scenario(Scenarios.twice(once.schedule()), once.end());
        outcomes.add(twice);
        if (!Objects.equals(once.observed(), twice.observed())) {
            Violation differs = new Violation(
                    "twice",
                    "with every body running twice the world is not as with every body running once",
                    String.valueOf(once.observed()),
                    String.valueOf(twice.observed()));
            findings.found(
                    position.incrementAndGet(), new Counterexample(twice.schedule(), List.of(differs), twice.story()));
        }
    }

    // one fault

    /** One after the other, in surroundings that change from incarnation to incarnation. */
    private List<Schedule> singles(List<Outcome> scenarios) {
        List<Schedule> singles = new ArrayList<>();
        for (Outcome scenario : scenarios) {
            singles.addAll(more(scenario));
        }
        findings.exist(1, singles.size());
        try (Surroundings surroundings = Surroundings.changing()) {
            for (Schedule single : singles) {
                if (findings.first().isPresent() || timeIsUp()) {
                    break;
                }
                findings.point(single.faults().get(0).point());
                Outcome outcome = findings(single, Rehearsal.of(subject, single, end(single), surroundings));
                if (goesDeeper(single)) {
                    findings.exist(single, more(outcome).size());
                }
            }
        }
        return singles;
    }

    /** An undo that fails for good is attempted so often that pairs of faults in it are left out. */
    private static boolean goesDeeper(Schedule schedule) {
        return schedule.failures().stream().noneMatch(failure -> failure.failing() == Failing.UNDO);
    }

    private List<Schedule> more(Outcome outcome) {
        List<Schedule> more = new ArrayList<>();
        for (Point point : outcome.points()) {
            for (Fault fault : Fault.values()) {
                if (plan.faults().contains(fault) && fault.happensAt(point.place())) {
                    more.add(outcome.schedule().then(fault, point));
                }
            }
        }
        return more;
    }

    // more faults

    private void deeper(List<Schedule> singles, int depth) {
        List<Runnable> tasks = new ArrayList<>();
        for (Schedule single : singles.stream().filter(Explorer::goesDeeper).toList()) {
            long at = position.incrementAndGet();
            tasks.add(() -> extend(single, depth, at));
        }
        InParallel.all(plan.threads(), tasks);
    }

    private void extend(Schedule prefix, int depth, long at) {
        if (timeIsUp() || findings.foundBy(at)) {
            return;
        }
        Outcome outcome = Rehearsal.of(subject, prefix, end(prefix));
        boolean last = prefix.faults().size() + 1 == depth;
        List<Schedule> extended = more(outcome);
        if (last) {
            findings.exist(prefix, extended.size());
        }
        for (Schedule next : extended) {
            if (timeIsUp() || findings.foundBy(at)) {
                return;
            }
            if (!last) {
                extend(next, depth, at);
                continue;
            }
            Outcome played = Rehearsal.of(subject, next, end(next));
            judged(next, played, at);
            if (depth < plan.exhaustive()) {
                findings.exist(next, more(played).size());
            }
        }
    }

    private void sample(List<Outcome> scenarios) {
        Sampling sampling = plan.sampling();
        if (sampling == null || findings.first().isPresent()) {
            return;
        }
        List<Runnable> tasks = new ArrayList<>();
        for (int run = 0; run < sampling.runs(); run++) {
            long at = position.incrementAndGet();
            long seed = sampling.seed() + run;
            tasks.add(() -> sample(scenarios, sampling.faults(), Sources.chance(seed), at));
        }
        InParallel.all(plan.threads(), tasks);
    }

    private void sample(List<Outcome> scenarios, int depth, SplittableRandom chance, long at) {
        if (timeIsUp() || findings.foundBy(at)) {
            return;
        }
        Outcome outcome = scenarios.get(chance.nextInt(scenarios.size()));
        for (int fault = 1; fault <= depth && outcome.fine(); fault++) {
            List<Schedule> more = more(outcome);
            if (more.isEmpty()) {
                break;
            }
            Schedule next = more.get(chance.nextInt(more.size()));
            outcome = Rehearsal.of(subject, next, end(next));
        }
        findings.ran(outcome);
        findings.sampled();
        if (!outcome.fine()) {
            findings.found(at, Counterexample.of(outcome));
        }
    }

    // one run

    /** Also without faults: what a run leaves in statics must not be what the next one finds there. */
    private Outcome play(Schedule schedule, @Nullable String expectedEnd) {
        try (Surroundings surroundings = Surroundings.changing()) {
            return findings(schedule, Rehearsal.of(subject, schedule, expectedEnd, surroundings));
        }
    }

    private Outcome findings(Schedule schedule, Outcome outcome) {
        return judged(schedule, outcome, position.incrementAndGet());
    }

    private Outcome judged(Schedule schedule, Outcome outcome, long at) {
        findings.ran(outcome);
        findings.explored(schedule.faults().size());
        if (!outcome.fine()) {
            findings.found(at, Counterexample.of(outcome));
        }
        return outcome;
    }

    /** How the run without these faults ends. */
    private @Nullable String end(Schedule schedule) {
        return ends.get(new Schedule(schedule.failures(), List.of()));
    }

    /** Asked where there is more to explore, which is left out then. */
    private boolean timeIsUp() {
        boolean up = Sources.nanos() - started > plan.budget().toNanos();
        cutShort |= up;
        return up;
    }
}
