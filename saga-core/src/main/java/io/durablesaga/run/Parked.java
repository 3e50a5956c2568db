package io.durablesaga.run;

import io.durablesaga.Parking;
import io.durablesaga.engine.Callback;
import io.durablesaga.engine.CallbackCall;
import io.durablesaga.engine.CallbackOutcome;
import io.durablesaga.engine.Decision;
import io.durablesaga.engine.Decisions;
import io.durablesaga.engine.Operations;
import java.util.Optional;

/** Waits, durably, for a person to decide. */
final class Parked {
    private final RunContext run;
    private final Operations ops;

    Parked(RunContext run, Operations ops) {
        this.run = run;
        this.ops = ops;
    }

    /** The decision, or empty if nobody made one in time. What is not a decision leaves it parked, for as long again. */
    Optional<Decision> decide(String path, Parking parking) {
        while (true) {
            Callback callback = ops.callback(new CallbackCall("decide:" + path, path, parking.timeout(), null, true));
            run.telling().parked(ops, path, callback.id());
            CallbackOutcome outcome = callback.get();
            if (outcome instanceof CallbackOutcome.TimedOut) {
                run.telling().decided(ops, path, "nothing in time");
                return Optional.empty();
            }
            Optional<Decision> decision = outcome instanceof CallbackOutcome.Completed completed
                    ? Decisions.read(completed.payload())
                    : Optional.empty();
            if (decision.isPresent()) {
                run.telling().decided(ops, path, decision.get().getClass().getSimpleName());
                return decision;
            }
        }
    }
}
