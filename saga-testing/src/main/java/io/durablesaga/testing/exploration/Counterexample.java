package io.durablesaga.testing.exploration;

import io.durablesaga.testing.fault.Schedule;
import io.durablesaga.testing.rehearsal.Outcome;
import io.durablesaga.testing.rehearsal.Violation;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A schedule under which something did not hold.
 *
 * @param schedule the shortest that was found
 * @param violations what did not hold
 * @param story what each incarnation did
 */
public record Counterexample(Schedule schedule, List<Violation> violations, String story) {
    /** Copies the violations. */
    public Counterexample {
        violations = List.copyOf(violations);
    }

    /** What did not hold in a run. */
    public static Counterexample of(Outcome outcome) {
        return new Counterexample(outcome.schedule(), outcome.violations(), outcome.story());
    }

    /** The one line that plays it again. */
    public String replay() {
        return "replay(\"" + schedule + "\")";
    }

    @Override
    public String toString() {
        String where = schedule.equals(Schedule.NONE) ? "with nothing going wrong" : "under " + schedule;
        return violations.stream().map(Violation::toString).collect(Collectors.joining("\n")) + "\n\n" + where + "\n\n"
                + story + "\nPlay it again with " + replay();
    }
}
