package io.durablesaga.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.StepKey;
import io.durablesaga.engine.EffectKeys;
import io.durablesaga.engine.Operations;
import io.durablesaga.engine.ReplayMismatch;
import io.durablesaga.engine.Reply;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.engine.StepCall;
import io.durablesaga.engine.StepOutcome;
import io.durablesaga.result.Cause;
import io.durablesaga.result.Failure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands: on which line of control, seeing which results, under which path, and what it has done so far. What
 * every kind of node does with these is here.
 */
record Here(RunContext run, Operations ops, Frame frame, String prefix, List<Done> done) {
    /** For bodies without effect, which may be repeated after any number of crashes. */
    static final int ANY_INTERRUPTIONS = Integer.MAX_VALUE;

    Here within(String name) {
        return new Here(run, ops, frame, prefix + name + "/", done);
    }

    Here with(Frame own) {
        return new Here(run, ops, own, prefix, done);
    }

    Here under(String path, Frame own) {
        return new Here(run, ops, own, path + "/", done);
    }

    Here on(Operations branchOps, List<Done> branchDone) {
        return new Here(run, branchOps, frame, prefix, branchDone);
    }

    String path(String name) {
        return prefix + name;
    }

    FrameView view() {
        return new FrameView(frame);
    }

    FrameView.OfStep scope(String path, int attempt) {
        return new FrameView.OfStep(
                frame, path, actionKey(path), attempt, run.identity().name());
    }

    String actionKey(String path) {
        return EffectKeys.action(run.identity(), path);
    }

    /** The node has yielded; the saga goes on. */
    Optional<Cause> put(String path, StepKey<?> key, @Nullable Object value, int attempts) {
        frame.put(key, value);
        run.telling().completed(ops, path, attempts);
        return Optional.empty();
    }

    /** The node has failed; the saga does not go on. */
    Optional<Cause> fail(String path, Failure failure, int attempts) {
        run.telling().failed(ops, path, attempts, failure);
        return Optional.of(new Cause(path, failure));
    }

    /** Records a failing operation for a lambda that threw, so that a replay cannot come to another decision. */
    Optional<Cause> recordFailure(String path, Failure failure) {
        StepOutcome outcome = ops.step(new StepCall(
                        StepCall.Kind.FAILURE,
                        "failed:" + path,
                        path,
                        attempt -> new Reply.Failed(failure),
                        1,
                        ANY_INTERRUPTIONS))
                .get();
        Failure recorded = outcome instanceof StepOutcome.Failed failed ? failed.failure() : failure;
        return fail(path, recorded, 1);
    }

    /** What was recorded, as the type that the definition says. */
    @Nullable
    Object read(String path, StepKey<?> key, String payload) {
        try {
            return run.json().read(payload, key.type());
        } catch (JsonProcessingException e) {
            throw new ReplayMismatch(
                    "saga '" + run.saga().name() + "', step '" + path + "': its recorded result does not read as "
                            + key.type().getTypeName() + " (" + SagaJson.why(e)
                            + "); register the definition that recorded it",
                    e);
        }
    }
}
