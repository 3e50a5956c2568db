package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.RecordRow;
import io.durablesaga.embedded.journal.RecordRow.Event;
import io.durablesaga.engine.Operations.Slept;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pause whose end is fixed by its first record. */
final class SleepOperation extends Operation<Slept> {
    private final Duration duration;
    private @Nullable Long until;

    SleepOperation(Line line, String position, String name, Duration duration) {
        super(line, position, RecordRow.Kind.SLEEP, name);
        this.duration = duration;
        Optional<History.OfOperation> recorded = line.incarnation.history().take(position, kind, name);
        if (recorded.isPresent()) {
            until = recorded.get().records().get(0).wakeAt();
            if (recorded.get().last().event() == Event.COMPLETED) {
                recorded(Slept.SLEPT);
            }
        }
    }

    @Override
    void proceed() {
        long now = line.incarnation.now();
        if (until == null) {
            until = now + millis(duration);
            line.incarnation.record(this, Event.OPENED, 1, null, until);
        }
        if (now < until) {
            line.incarnation.crew().waits(this, new Waiting(until, false, false));
            return;
        }
        line.incarnation.record(this, Event.COMPLETED, 1, null, null);
        line.incarnation.crew().finish(this, Slept.SLEPT, true);
    }
}
