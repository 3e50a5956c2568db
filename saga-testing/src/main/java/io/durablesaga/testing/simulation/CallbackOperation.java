package io.durablesaga.testing.simulation;

import io.durablesaga.engine.Callback;
import io.durablesaga.engine.CallbackCall;
import io.durablesaga.engine.CallbackOutcome;
import org.jspecify.annotations.Nullable;

/** A callback: opened with its first record, looked at when its line waits for it. */
final class CallbackOperation extends Operation<CallbackOutcome> implements Callback {
    private final CallbackCall call;
    private boolean openedNow;

    CallbackOperation(Line line, String position, CallbackCall call) {
        super(line, position, Kind.CALLBACK, call.name());
        this.call = call;
    }

    @Override
    public String id() {
        return record().partner();
    }

    boolean openedNow() {
        return openedNow;
    }

    @Override
    void proceed(@Nullable OperationRecord recorded) {
        if (recorded == null) {
            openedNow = true;
            String id = incarnation.records().newId("callback");
            write(Event.OPENED, 1, opened -> {
                opened.open(Long.MIN_VALUE, id);
                incarnation.records().open(id, incarnation.execution(), call);
            });
        }
    }

    @Override
    void demand() {
        CallbackOutcome outcome = now();
        if (outcome == null) {
            long until = incarnation.records().ask(id(), CallbackRecord::endsAt);
            incarnation.waits(new Wait(until, call.decision(), () -> now() != null));
        } else {
            end(outcome instanceof CallbackOutcome.Completed ? Event.COMPLETED : Event.FAILED, 1, outcome);
        }
    }

    private @Nullable CallbackOutcome now() {
        return incarnation
                .records()
                .<@Nullable CallbackOutcome>ask(id(), callback -> callback.outcome(incarnation.now()));
    }
}
