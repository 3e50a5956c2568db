package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.RecordRow;
import io.durablesaga.embedded.journal.RecordRow.Event;
import io.durablesaga.engine.Attempt;
import io.durablesaga.engine.Reply;
import io.durablesaga.engine.StepCall;
import io.durablesaga.engine.StepOutcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An operation that runs a body. Its start needs no record of its own: it is implied by whatever its line recorded last, which
 * is durable before the body runs. So after a crash the first unfinished operation of each line may have started, and its
 * next attempt is recorded as a further one before it begins.
 */
final class StepOperation extends Operation<StepOutcome> {
    private final StepCall call;
    private boolean maybeInterrupted;
    private int interruptions;
    private int failures;
    private int looks;
    private @Nullable Long nextAt;

    /**
     * An operation of this line.
     *
     * @param maybeInterrupted whether the incarnation before this one may have started it unrecorded
     */
    StepOperation(Line line, String position, StepCall call, boolean maybeInterrupted) {
        super(line, position, RecordRow.Kind.valueOf(call.kind().name()), call.name());
        this.call = call;
        Optional<History.OfOperation> recorded = line.incarnation.history().take(position, kind, name);
        recorded.ifPresent(this::replay);
        this.maybeInterrupted = maybeInterrupted
                && call.kind().fenced()
                && !finished()
                && (nextAt == null || nextAt <= line.incarnation.now());
    }

    private void replay(History.OfOperation recorded) {
        RecordRow last = recorded.last();
        interruptions = recorded.count(Event.ATTEMPT);
        failures = recorded.count(Event.RETRY);
        looks = recorded.count(Event.AGAIN);
        nextAt = last.wakeAt();
        if (last.event() == Event.COMPLETED) {
            recorded(new StepOutcome.Completed(String.valueOf(last.payload()), last.attempt()));
        } else if (last.event() == Event.FAILED) {
            recorded(new StepOutcome.Failed(Failures.read(String.valueOf(last.payload())), last.attempt()));
        }
    }

    @Override
    void proceed() {
        Incarnation incarnation = line.incarnation;
        while (!finished()) {
            if (nextAt != null && incarnation.now() < nextAt) {
                incarnation.crew().waits(this, new Waiting(nextAt, false, false));
                return;
            }
            if (incarnation.closing()) {
                incarnation.crew().waits(this, new Waiting(0L, false, false));
                return;
            }
            attempt(incarnation);
        }
    }

    private void attempt(Incarnation incarnation) {
        if (maybeInterrupted) {
            maybeInterrupted = false;
            interruptions++;
            if (interruptions > call.interruptions()) {
                fail(StepOutcome.Failed.interrupted(call, number() - 1));
                return;
            }
            incarnation.record(this, Event.ATTEMPT, number(), null, null);
        }
        if (call.kind().fenced()) {
            incarnation.beforeEffect();
        }
        int number = number();
        Reply reply = call.body().attempt(new Attempt(number, Math.min(failures, number - 1)));
        if (incarnation.discards(reply)) {
            incarnation.crew().waits(this, new Waiting(0L, false, false));
            return;
        }
        take(reply, number);
    }

    private void take(Reply reply, int number) {
        Incarnation incarnation = line.incarnation;
        if (reply instanceof Reply.Completed completed) {
            incarnation.record(this, Event.COMPLETED, number, completed.payload(), null);
            incarnation.crew().finish(this, new StepOutcome.Completed(completed.payload(), number), true);
        } else if (reply instanceof Reply.Failed failed) {
            fail(new StepOutcome.Failed(failed.failure(), number));
        } else if (reply instanceof Reply.Retry retry) {
            failures++;
            nextAt = incarnation.now() + millis(retry.delay());
            incarnation.record(this, Event.RETRY, number, Failures.write(retry.failure()), nextAt);
        } else if (reply instanceof Reply.Again again) {
            looks++;
            nextAt = incarnation.now() + millis(again.delay());
            incarnation.record(this, Event.AGAIN, number, null, nextAt);
        }
    }

    private void fail(StepOutcome.Failed failed) {
        line.incarnation.record(this, Event.FAILED, failed.attempts(), Failures.write(failed.failure()), null);
        line.incarnation.crew().finish(this, failed, true);
    }

    /** The number of the attempt that comes next. */
    private int number() {
        return 1 + interruptions + failures + looks;
    }
}
