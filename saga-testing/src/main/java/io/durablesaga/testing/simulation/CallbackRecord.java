package io.durablesaga.testing.simulation;

import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.CallbackCall;
import io.durablesaga.engine.CallbackOutcome;
import org.jspecify.annotations.Nullable;

/** One callback: ended by whoever is first, the clock included. */
final class CallbackRecord {
    private final ExecutionRecord execution;
    private final CallbackCall call;
    private final long deadline;
    private long silentAt;
    private @Nullable CallbackOutcome ended;

    CallbackRecord(ExecutionRecord execution, CallbackCall call, long now) {
        this.execution = execution;
        this.call = call;
        this.deadline = now + Time.millis(call.timeout());
        this.silentAt = silentAfter(now);
    }

    ExecutionRecord execution() {
        return execution;
    }

    String path() {
        return call.path();
    }

    boolean decision() {
        return call.decision();
    }

    /** When it ends by itself. */
    long endsAt() {
        return Math.min(deadline, silentAt);
    }

    /** How it has ended by now, or null while it is open. */
    @Nullable
    CallbackOutcome outcome(long now) {
        if (ended == null && now >= endsAt()) {
            ended = new CallbackOutcome.TimedOut(now < deadline);
        }
        return ended;
    }

    /** Somebody outside ends it. */
    CallbackAnswer end(CallbackOutcome outcome, long now) {
        CallbackAnswer answer = answer(now);
        if (answer == CallbackAnswer.ACCEPTED) {
            ended = outcome;
            execution.wake(now);
        }
        return answer;
    }

    /** Somebody outside still works on it. */
    CallbackAnswer heartbeat(long now) {
        CallbackAnswer answer = answer(now);
        if (answer == CallbackAnswer.ACCEPTED) {
            silentAt = silentAfter(now);
        }
        return answer;
    }

    private CallbackAnswer answer(long now) {
        CallbackOutcome before = outcome(now);
        if (before == null) {
            return execution.ended() ? CallbackAnswer.LATE : CallbackAnswer.ACCEPTED;
        }
        return before instanceof CallbackOutcome.TimedOut ? CallbackAnswer.LATE : CallbackAnswer.DUPLICATE;
    }

    private long silentAfter(long now) {
        return call.heartbeat() == null ? Long.MAX_VALUE : now + Time.millis(call.heartbeat());
    }
}
