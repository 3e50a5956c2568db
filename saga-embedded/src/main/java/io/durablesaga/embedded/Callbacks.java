package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.CallbackRow;
import io.durablesaga.embedded.journal.ExecutionRow;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.Writes;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.engine.Decisions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Completes, fails and prolongs callbacks: the first answer counts, and every answer says whether it did. */
final class Callbacks {
    private final Scheduler scheduler;

    Callbacks(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    private record Answered(CallbackAnswer answer, @Nullable Long execution) {}

    CallbackAnswer end(String id, boolean decision, CallbackRow.State state, String payload) {
        Optional<CallbackRow> asked = requireKind(id, decision);
        Answered answered;
        try {
            answered = scheduler.commit(writes -> end(id, state, payload, writes));
        } catch (JournalException maybe) {
            asked.ifPresent(row -> scheduler.wake(row.execution())); // it may be durable all the same
            throw maybe;
        }
        if (answered.execution() != null) {
            scheduler.wake(answered.execution());
        }
        return answered.answer();
    }

    CallbackAnswer decide(String id, Decision decision) {
        return end(id, true, CallbackRow.State.COMPLETED, Decisions.write(decision));
    }

    CallbackAnswer heartbeat(String id) {
        return scheduler.commit(writes -> {
            long now = scheduler.now();
            Optional<CallbackRow> row = writes.callback(id).map(found -> found.at(now));
            if (row.isPresent() && row.get().state() == CallbackRow.State.OPEN) {
                writes.put(row.get().heard(now));
                return CallbackAnswer.ACCEPTED;
            }
            return refusal(row);
        });
    }

    private Optional<CallbackRow> requireKind(String id, boolean decision) {
        Optional<CallbackRow> row = scheduler.read(reads -> reads.callback(id));
        if (row.isPresent() && row.get().decision() != decision) {
            throw new IllegalArgumentException(
                    decision
                            ? "callback " + id + " waits for a payload, not for a decision; complete it"
                            : "callback " + id + " waits for a decision; call decide(...) with it");
        }
        return row;
    }

    private Answered end(String id, CallbackRow.State state, String payload, Writes writes) {
        Optional<CallbackRow> row = writes.callback(id).map(found -> found.at(scheduler.now()));
        if (row.isEmpty() || row.get().state() != CallbackRow.State.OPEN) {
            return new Answered(refusal(row), null);
        }
        ExecutionRow execution = writes.execution(row.get().execution()).orElseThrow();
        if (execution.state().ended()) {
            return new Answered(CallbackAnswer.LATE, null);
        }
        writes.put(row.get().ended(state, payload));
        if (execution.state() == ExecutionRow.State.WAITING || execution.state() == ExecutionRow.State.PARKED) {
            writes.update(execution.in(execution.state(), 0L, execution.interrupted(), execution.changedAt()));
        }
        return new Answered(CallbackAnswer.ACCEPTED, execution.id());
    }

    private static CallbackAnswer refusal(Optional<CallbackRow> row) {
        return row.map(found -> switch (found.state()) {
                    case TIMED_OUT, SILENT, OPEN -> CallbackAnswer.LATE;
                    case COMPLETED, FAILED -> CallbackAnswer.DUPLICATE;
                })
                .orElse(CallbackAnswer.UNKNOWN);
    }
}
