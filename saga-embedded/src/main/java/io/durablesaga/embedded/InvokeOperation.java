package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.ExecutionRow;
import io.durablesaga.embedded.journal.RecordRow;
import io.durablesaga.embedded.journal.RecordRow.Event;
import io.durablesaga.engine.InvokeCall;
import io.durablesaga.engine.InvokeOutcome;
import java.util.Optional;

/** Another registered saga, started once under the key of the call and waited for. */
final class InvokeOperation extends Operation<InvokeOutcome> {
    private final InvokeCall call;
    private boolean opened;

    InvokeOperation(Line line, String position, InvokeCall call) {
        super(line, position, RecordRow.Kind.INVOKE, call.name());
        this.call = call;
        Optional<History.OfOperation> recorded = line.incarnation.history().take(position, kind, name);
        this.opened = recorded.isPresent();
        if (opened && recorded.get().last().event() == Event.COMPLETED) {
            recorded(new InvokeOutcome.Completed(
                    String.valueOf(recorded.get().last().payload())));
        }
    }

    @Override
    void proceed() {
        Incarnation incarnation = line.incarnation;
        if (!opened) {
            opened = true;
            incarnation.openChild(this, call.key(), call.target(), call.payload());
        }
        int pokes = incarnation.crew().pokes();
        Optional<ExecutionRow> child = incarnation.executionNow(call.key());
        if (child.isEmpty() || !child.get().state().ended()) {
            incarnation.crew().waitsOutside(this, new Waiting(null, true, false), pokes);
            return;
        }
        String result = String.valueOf(child.get().result());
        incarnation.record(this, Event.COMPLETED, 1, result, null);
        incarnation.crew().finish(this, new InvokeOutcome.Completed(result), true);
    }

    /** The name of the invoked execution. */
    String child() {
        return call.key();
    }
}
