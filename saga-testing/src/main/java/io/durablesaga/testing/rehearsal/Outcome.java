package io.durablesaga.testing.rehearsal;

import io.durablesaga.testing.fault.Point;
import io.durablesaga.testing.fault.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run.
 *
 * @param schedule what was to go wrong
 * @param end how the execution ended: {@code completed}, {@code compensated}, {@code stuck}, or what else became of it
 * @param violations what did not hold, worst first; empty if all is well
 * @param missed which of its faults never happened
 * @param points what was passed after the last fault, in order: where one more could happen
 * @param steps the operations with an effect that were started, in order
 * @param awaits the callbacks that were opened
 * @param operations what was recorded, in the order in which it was first recorded; of runs without faults only
 * @param observed what the subject observes of its world
 * @param story what each incarnation did; empty if all is well
 */
public record Outcome(
        Schedule schedule,
        String end,
        List<Violation> violations,
        List<Schedule.Injected> missed,
        List<Point> points,
        List<String> steps,
        List<String> awaits,
        List<String> operations,
        @Nullable Object observed,
        String story) {
    /** Copies the lists. */
    public Outcome {
        violations = List.copyOf(violations);
        missed = List.copyOf(missed);
        points = List.copyOf(points);
        steps = List.copyOf(steps);
        awaits = List.copyOf(awaits);
        operations = List.copyOf(operations);
    }

    /** Whether everything held. */
    public boolean fine() {
        return violations.isEmpty();
    }
}
