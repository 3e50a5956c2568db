package io.durablesaga.testing.simulation;

import io.durablesaga.engine.Operations.Slept;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A pause whose end is fixed by its first record. */
final class SleepOperation extends Operation<Slept> {
    private final Duration duration;

    SleepOperation(Line line, String position, String name, Duration duration) {
        super(line, position, Kind.SLEEP, name);
        this.duration = duration;
    }

    @Override
    void proceed(@Nullable OperationRecord recorded) {
        if (recorded == null) {
            long until = incarnation.now() + Time.millis(duration);
            write(Event.OPENED, 1, opened -> opened.open(until, null));
        }
        if (incarnation.now() < record().dueAt()) {
            incarnation.waits(Wait.until(record().dueAt()));
        } else {
            end(Event.COMPLETED, 1, Slept.SLEPT);
        }
    }
}
