package io.durablesaga.testing.simulation;

import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.engine.InvokeCall;
import io.durablesaga.engine.InvokeOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another registered saga, started together with its record, under the key of the call, and waited for. */
final class InvokeOperation extends Operation<InvokeOutcome> {
    private final InvokeCall call;

    InvokeOperation(Line line, String position, InvokeCall call) {
        super(line, position, Kind.INVOKE, call.name());
        this.call = call;
    }

    @Override
    void proceed(@Nullable OperationRecord recorded) {
        if (recorded == null) {
            start();
        }
        ExecutionRecord child = incarnation.records().execution(call.key());
        if (child.ended()) {
            end(Event.COMPLETED, 1, new InvokeOutcome.Completed(child.detail()));
        } else {
            incarnation.waits(new Wait(null, false, child::ended));
        }
    }

    private void start() {
        Records records = incarnation.records();
        ExecutionIdentity identity = new ExecutionIdentity(records.newId("execution"), call.key());
        ExecutionRecord child = new ExecutionRecord(identity, call.target(), call.payload(), incarnation.execution());
        write(List.of(written(Event.OPENED, 1), child.written(Event.STARTED)), opened -> {
            opened.open(Long.MIN_VALUE, call.key());
            records.add(child);
        });
    }
}
