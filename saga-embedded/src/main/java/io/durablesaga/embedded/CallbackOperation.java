package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.CallbackRow;
import io.durablesaga.embedded.journal.Coded;
import io.durablesaga.embedded.journal.RecordRow;
import io.durablesaga.embedded.journal.RecordRow.Event;
import io.durablesaga.engine.Callback;
import io.durablesaga.engine.CallbackCall;
import io.durablesaga.engine.CallbackOutcome;
import io.durablesaga.engine.ReplayMismatch;
import java.util.Optional;

/** A callback: opened with its first record, ended by whoever is first, the clock included. */
final class CallbackOperation extends Operation<CallbackOutcome> implements Callback {
    private final CallbackCall call;
    private final String id;
    private final boolean openedNow;

    CallbackOperation(Line line, String position, CallbackCall call) {
        super(line, position, RecordRow.Kind.CALLBACK, call.name());
        this.call = call;
        Optional<History.OfOperation> recorded = line.incarnation.history().take(position, kind, name);
        this.openedNow = recorded.isEmpty();
        if (openedNow) {
            id = line.incarnation.newId();
            open();
        } else {
            id = String.valueOf(recorded.get().records().get(0).payload());
            replay(recorded.get().last());
        }
    }

    @Override
    public String id() {
        return id;
    }

    boolean openedNow() {
        return openedNow;
    }

    @Override
    void proceed() {
        Incarnation incarnation = line.incarnation;
        if (openedNow) {
            incarnation.outbox().flush();
        }
        int pokes = incarnation.crew().pokes();
        CallbackRow row = incarnation.callbackNow(id);
        if (row.state() == CallbackRow.State.OPEN) {
            incarnation.crew().waitsOutside(this, new Waiting(row.endsAt(), true, call.decision()), pokes);
            return;
        }
        CallbackOutcome outcome = outcomeOf(row);
        boolean completed = row.state() == CallbackRow.State.COMPLETED;
        incarnation.record(
                this, completed ? Event.COMPLETED : Event.FAILED, row.state().code(), row.payload(), null);
        incarnation.crew().finish(this, outcome, true);
    }

    private void open() {
        Incarnation incarnation = line.incarnation;
        long now = incarnation.now();
        Long heartbeat = call.heartbeat() == null ? null : millis(call.heartbeat());
        CallbackRow row = new CallbackRow(
                id,
                incarnation.row().id(),
                call.path(),
                call.decision(),
                CallbackRow.State.OPEN,
                null,
                now + millis(call.timeout()),
                heartbeat,
                heartbeat == null ? null : now + heartbeat);
        incarnation.record(this, Event.OPENED, 1, id, row.deadline(), writes -> writes.put(row));
    }

    private void replay(RecordRow last) {
        if (last.event() == Event.OPENED) {
            return;
        }
        CallbackRow.State state = Coded.of(CallbackRow.State.values(), last.attempt());
        recorded(outcomeOf(new CallbackRow(id, 0, call.path(), call.decision(), state, last.payload(), 0, null, null)));
    }

    private CallbackOutcome outcomeOf(CallbackRow row) {
        String payload = row.payload() == null ? "null" : row.payload();
        return switch (row.state()) {
            case COMPLETED -> new CallbackOutcome.Completed(payload);
            case FAILED -> new CallbackOutcome.Failed(payload);
            case TIMED_OUT -> new CallbackOutcome.TimedOut(false);
            case SILENT -> new CallbackOutcome.TimedOut(true);
            case OPEN -> throw new ReplayMismatch("callback " + id + " is open and was recorded as ended");
        };
    }
}
