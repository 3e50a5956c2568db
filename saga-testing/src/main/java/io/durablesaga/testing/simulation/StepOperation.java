package io.durablesaga.testing.simulation;

import io.durablesaga.engine.Attempt;
import io.durablesaga.engine.Reply;
import io.durablesaga.engine.StepCall;
import io.durablesaga.engine.StepOutcome;
import org.jspecify.annotations.Nullable;

/**
 * An operation that runs a body. The start of an attempt is a record of its own unless the body is read-only, so an attempt
 * that has one and no outcome was interrupted.
 */
final class StepOperation extends Operation<StepOutcome> {
    private final StepCall call;

    StepOperation(Line line, String position, StepCall call) {
        super(line, position, Kind.of(call.kind()), call.name());
        this.call = call;
    }

    @Override
    void proceed(@Nullable OperationRecord recorded) {
        if (recorded != null && recorded.dueAt() > incarnation.now()) {
            incarnation.waits(Wait.until(recorded.dueAt()));
            return;
        }
        int number = number(recorded);
        if (recorded != null && recorded.underWay() && interruptions(recorded) > call.interruptions()) {
            fail(StepOutcome.Failed.interrupted(call, number - 1));
            return;
        }
        if (call.kind().fenced()) {
            write(Event.STARTED, number, OperationRecord::start);
        }
        int failures = recorded == null ? 0 : recorded.failures();
        Attempt attempt = new Attempt(number, Math.min(failures, number - 1));
        incarnation.turns().body(fiber -> attempt(attempt, fiber));
    }

    /** The number of the attempt that comes next. */
    private int number(@Nullable OperationRecord recorded) {
        if (recorded == null) {
            return 1;
        }
        return 1 + (call.kind().fenced() ? recorded.started() : recorded.failures() + recorded.looks());
    }

    /** Attempts that have begun and have neither failed nor completed. */
    private static int interruptions(OperationRecord recorded) {
        return recorded.started() - recorded.failures();
    }

    private void attempt(Attempt attempt, Fiber fiber) {
        Reply reply = incarnation.inBody(() -> call.body().attempt(attempt));
        incarnation.turns().returned(fiber);
        take(reply, attempt.number());
    }

    private void take(Reply reply, int number) {
        if (reply instanceof Reply.Completed completed) {
            end(Event.COMPLETED, number, new StepOutcome.Completed(completed.payload(), number));
        } else if (reply instanceof Reply.Failed failed) {
            fail(new StepOutcome.Failed(failed.failure(), number));
        } else if (reply instanceof Reply.Retry retry) {
            long dueAt = incarnation.now() + Time.millis(retry.delay());
            write(Event.RETRY, number, recorded -> recorded.retry(dueAt));
            proceed(record());
        } else if (reply instanceof Reply.Again again) {
            long dueAt = incarnation.now() + Time.millis(again.delay());
            write(Event.AGAIN, number, recorded -> recorded.again(dueAt));
            proceed(record());
        }
    }

    private void fail(StepOutcome.Failed failed) {
        end(Event.FAILED, failed.attempts(), failed);
    }
}
