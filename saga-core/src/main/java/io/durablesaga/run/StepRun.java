package io.durablesaga.run;

import io.durablesaga.Action;
import io.durablesaga.ItemScope;
import io.durablesaga.Node;
import io.durablesaga.Parking;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.Undo;
import io.durablesaga.engine.Attempt;
import io.durablesaga.engine.Decision;
import io.durablesaga.engine.Pending;
import io.durablesaga.engine.Reply;
import io.durablesaga.engine.StepCall;
import io.durablesaga.engine.StepOutcome;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.Failure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step or capture on its way: started as an operation, then settled from its outcome. */
final class StepRun {
    private final Here here;
    private final String path;
    private final Definition definition;
    private Pending<StepOutcome> pending;

    /**
     * What a step is made of.
     *
     * @param undo null for a capture, which has no effect
     * @param yields whether the result is what readers of the key and the undo get
     * @param ahead how long the saga may have to wait once it is done
     */
    private record Definition(
            StepKey<?> key,
            StepOptions options,
            Action<ItemScope<Object, Object>, ? extends @Nullable Object> body,
            @Nullable Undo<ItemScope<Object, Object>, Object> undo,
            boolean yields,
            Duration ahead) {}

    private StepRun(Here here, Definition definition) {
        this.here = here;
        this.path = here.path(definition.key().name());
        this.definition = definition;
        this.pending = start(false);
    }

    /** Starts a step or a capture. */
    static StepRun start(Node node, Here here) {
        if (node instanceof Node.Step step) {
            return new StepRun(
                    here, new Definition(step.key(), step.options(), step.action(), step.undo(), true, Duration.ZERO));
        }
        Node.Capture capture = (Node.Capture) node;
        return new StepRun(
                here, new Definition(capture.key(), capture.options(), capture.body(), null, true, Duration.ZERO));
    }

    /** Starts sending a callback's id out: an effect like any other, whose result nobody reads. */
    static StepRun start(Node.Await node, String callbackId, Here here) {
        Action<ItemScope<Object, Object>, String> send = scope -> {
            node.notification().send(scope, callbackId);
            return "sent";
        };
        StepKey<String> key = StepKey.of(node.name(), String.class);
        return new StepRun(
                here,
                new Definition(
                        key,
                        node.options(),
                        send,
                        node.undo(),
                        false,
                        node.within().timeout()));
    }

    /** Waits for the outcome and notes what it means. */
    Optional<Cause> settle() {
        StepOutcome outcome = pending.get();
        if (outcome instanceof StepOutcome.Completed completed) {
            return complete(completed);
        }
        Failure failure = ((StepOutcome.Failed) outcome).failure();
        Parking parking = here.run().pastPivot();
        if (parking != null) {
            return park(parking, failure, outcome.attempts());
        }
        if (definition.undo() != null && !failure.rejected()) {
            here.done().add(effect(EffectReport.Action.UNKNOWN, definition.undo(), null, outcome.attempts(), failure));
        }
        return here.fail(path, failure, outcome.attempts());
    }

    private Pending<StepOutcome> start(boolean repeated) {
        AttemptRunner runner = new AttemptRunner(here.run(), path, false);
        StepCall.Kind kind = definition.undo() == null ? StepCall.Kind.CAPTURE : StepCall.Kind.ACTION;
        StepOptions options = definition.options();
        int interruptions = kind.fenced() ? options.interruptions() : Here.ANY_INTERRUPTIONS;
        int failures = options.retries().attempts();
        return here.ops()
                .step(new StepCall(
                        kind, path, path, attempt -> attempt(runner, attempt, repeated), failures, interruptions));
    }

    private Reply attempt(AttemptRunner runner, Attempt attempt, boolean repeated) {
        AttemptRunner.UserCode code = () -> definition.body().run(here.scope(path, attempt.number()));
        return definition.undo() == null
                ? runner.capture(attempt, definition.options(), definition.key().type(), code)
                : runner.action(
                        attempt, definition.options(), definition.key().type(), repeated, definition.ahead(), code);
    }

    private Optional<Cause> complete(StepOutcome.Completed completed) {
        Object value = here.read(path, definition.key(), completed.payload());
        if (definition.undo() != null) {
            here.done()
                    .add(effect(
                            EffectReport.Action.COMPLETED,
                            definition.undo(),
                            definition.yields() ? value : null,
                            completed.attempts(),
                            null));
        }
        if (definition.yields()) {
            return here.put(path, definition.key(), value, completed.attempts());
        }
        return Optional.empty();
    }

    /** Past the pivot nothing unwinds: a person decides. */
    private Optional<Cause> park(Parking parking, Failure failure, int attempts) {
        Optional<Decision> decision = new Parked(here.run(), here.ops()).decide(path, parking);
        if (decision.isEmpty()) {
            settled(EffectReport.State.NOT_DONE, failure, attempts, null);
            return here.fail(path, failure, attempts);
        }
        if (decision.get() instanceof Decision.Skip skip) {
            settled(EffectReport.State.SKIPPED, failure, attempts, skip.reason());
            return Optional.empty();
        }
        if (decision.get() instanceof Decision.Resolved resolved) {
            settled(EffectReport.State.RESOLVED, failure, attempts, resolved.reason());
            return Optional.empty();
        }
        pending = start(true);
        return settle();
    }

    private void settled(EffectReport.State state, Failure failure, int attempts, @Nullable String reason) {
        EffectReport.Action action = failure.rejected() ? EffectReport.Action.REJECTED : EffectReport.Action.UNKNOWN;
        Done.Single notDone = effect(action, Undo.irreversible("it comes after the pivot"), null, attempts, failure);
        here.done()
                .add(new Done.Decided(notDone.report(here.run().identity(), state, reason), new Cause(path, failure)));
    }

    private Done.Single effect(
            EffectReport.Action action,
            Undo<ItemScope<Object, Object>, Object> undo,
            @Nullable Object value,
            int attempts,
            @Nullable Failure error) {
        return new Done.Single(path, here.frame(), undo, action, Optional.ofNullable(value), attempts, error);
    }
}
