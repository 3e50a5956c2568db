package io.durablesaga.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Action;
import io.durablesaga.ItemScope;
import io.durablesaga.Node;
import io.durablesaga.Parking;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.Undo;
import io.durablesaga.engine.Attempt;
import io.durablesaga.engine.Decision;
import io.durablesaga.engine.EffectKeys;
import io.durablesaga.engine.Operations;
import io.durablesaga.engine.Pending;
import io.durablesaga.engine.ReplayMismatch;
import io.durablesaga.engine.Reply;
import io.durablesaga.engine.StepCall;
import io.durablesaga.engine.StepOutcome;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.Failure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step or capture on its way: started as an operation, then settled from its outcome. */
final class StepRun {
    private final RunContext run;
    private final Operations ops;
    private final Frame frame;
    private final String path;
    private final Definition definition;
    private Pending<StepOutcome> pending;

    /**
     * What a step is made of.
     *
     * @param undo null for a capture, which has no effect
     * @param yields whether the result is what the key's readers get
     */
    record Definition(
            StepKey<?> key,
            StepOptions options,
            Action<ItemScope<Object, Object>, ? extends @Nullable Object> body,
            @Nullable Undo<ItemScope<Object, Object>, Object> undo,
            boolean yields) {

        static Definition of(Node.Step node) {
            return new Definition(node.key(), node.options(), node.action(), node.undo(), true);
        }

        static Definition of(Node.Capture node) {
            return new Definition(node.key(), node.options(), node.body(), null, true);
        }

        /** Sending a callback's id out: an effect like any other, whose result nobody reads. */
        static Definition of(Node.Await node, String callbackId) {
            Action<ItemScope<Object, Object>, String> send = scope -> {
                node.notification().send(scope, callbackId);
                return "sent";
            };
            return new Definition(StepKey.of(node.name(), String.class), node.options(), send, node.undo(), false);
        }
    }

    StepRun(RunContext run, Operations ops, Frame frame, String path, Definition definition) {
        this.run = run;
        this.ops = ops;
        this.frame = frame;
        this.path = path;
        this.definition = definition;
        this.pending = start(false);
    }

    /** Waits for the outcome and notes what it means. */
    Optional<Cause> settle(List<Done> done) {
        StepOutcome outcome = pending.get();
        if (outcome instanceof StepOutcome.Completed completed) {
            complete(completed, done);
            return Optional.empty();
        }
        Failure failure = ((StepOutcome.Failed) outcome).failure();
        Parking parking = run.pastPivot();
        if (parking != null) {
            return park(parking, failure, outcome.attempts(), done);
        }
        if (definition.undo() != null && !failure.rejected()) {
            done.add(effect(EffectReport.Action.UNKNOWN, definition.undo(), null, outcome.attempts(), failure));
        }
        return fail(failure, outcome.attempts());
    }

    private Pending<StepOutcome> start(boolean repeated) {
        boolean capture = definition.undo() == null;
        AttemptRunner runner = new AttemptRunner(run, path, false);
        StepCall.Body body = attempt -> attempt(runner, attempt, capture, repeated);
        StepCall.Kind kind = capture ? StepCall.Kind.CAPTURE : StepCall.Kind.ACTION;
        return ops.step(
                new StepCall(kind, path, path, body, definition.options().interruptions()));
    }

    private Reply attempt(AttemptRunner runner, Attempt attempt, boolean capture, boolean repeated) {
        FrameView.OfStep scope = new FrameView.OfStep(
                frame,
                EffectKeys.action(run.identity(), path),
                attempt.number(),
                run.identity().name());
        AttemptRunner.UserCode code = () -> definition.body().run(scope);
        StepKey<?> key = definition.key();
        return capture
                ? runner.capture(attempt, definition.options(), key.type(), code)
                : runner.action(attempt, definition.options(), key.type(), repeated, code);
    }

    private void complete(StepOutcome.Completed completed, List<Done> done) {
        Object value = read(completed.payload());
        if (definition.yields()) {
            frame.put(definition.key(), value);
        }
        if (definition.undo() != null) {
            done.add(effect(EffectReport.Action.COMPLETED, definition.undo(), value, completed.attempts(), null));
        }
        run.telling().completed(ops, path, completed.attempts());
    }

    /** Past the pivot nothing unwinds: a person decides. */
    private Optional<Cause> park(Parking parking, Failure failure, int attempts, List<Done> done) {
        Optional<Decision> decision = new Parked(run, ops).decide(path, parking);
        Cause cause = new Cause(path, failure);
        if (decision.isEmpty()) {
            run.decided(notDone(failure, attempts).report(run.identity(), EffectReport.State.NOT_DONE, null), cause);
            return fail(failure, attempts);
        }
        if (decision.get() instanceof Decision.Skip skip) {
            run.decided(
                    notDone(failure, attempts).report(run.identity(), EffectReport.State.SKIPPED, skip.reason()),
                    cause);
            return Optional.empty();
        }
        if (decision.get() instanceof Decision.Resolved resolved) {
            run.decided(
                    notDone(failure, attempts).report(run.identity(), EffectReport.State.RESOLVED, resolved.reason()),
                    cause);
            return Optional.empty();
        }
        pending = start(true);
        return settle(done);
    }

    private Done.Single notDone(Failure failure, int attempts) {
        EffectReport.Action action = failure.rejected() ? EffectReport.Action.REJECTED : EffectReport.Action.UNKNOWN;
        return effect(action, Undo.irreversible("it comes after the pivot"), null, attempts, failure);
    }

    private Done.Single effect(
            EffectReport.Action action,
            Undo<ItemScope<Object, Object>, Object> undo,
            @Nullable Object value,
            int attempts,
            @Nullable Failure error) {
        return new Done.Single(path, frame, undo, action, Optional.ofNullable(value), attempts, error);
    }

    private Optional<Cause> fail(Failure failure, int attempts) {
        run.telling().failed(ops, path, attempts, failure);
        return Optional.of(new Cause(path, failure));
    }

    private @Nullable Object read(String payload) {
        try {
            return run.json().read(payload, definition.key().type());
        } catch (JsonProcessingException e) {
            throw new ReplayMismatch(
                    "saga '" + run.saga().name() + "', step '" + path + "': its recorded result does not read as "
                            + definition.key().type().getTypeName() + " (" + e.getOriginalMessage()
                            + "); register the definition that recorded it",
                    e);
        }
    }
}
