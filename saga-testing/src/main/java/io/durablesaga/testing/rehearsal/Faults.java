package io.durablesaga.testing.rehearsal;

import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Point;
import io.durablesaga.testing.fault.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults of a schedule that have not happened yet. Thread-safe. */
final class Faults {
    private final List<Schedule.Injected> waiting;
    private int lastFired;

    Faults(Schedule schedule) {
        this.waiting = new ArrayList<>(schedule.faults());
    }

    /** What happens at this point, which then has happened; points passed so far are counted by the caller. */
    synchronized Optional<Fault> take(Point point, int passed) {
        for (Schedule.Injected injected : waiting) {
            if (injected.point().equals(point)) {
                waiting.remove(injected);
                lastFired = passed;
                return Optional.of(injected.fault());
            }
        }
        return Optional.empty();
    }

    synchronized List<Schedule.Injected> left() {
        return List.copyOf(waiting);
    }

    /** How many points had been passed when the last one happened. */
    synchronized int lastFired() {
        return lastFired;
    }
}
