package io.durablesaga.run;

import io.durablesaga.Node;
import io.durablesaga.Saga;
import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.engine.Operations;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.SagaResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs one incarnation of an execution: forward through the nodes, and back where it must. What it decides, it decides from
 * the outcomes that the engine returns and from nothing else, so a replay decides the same.
 */
public final class SagaRun {
    private SagaRun() {}

    /**
     * Runs a saga to its end.
     *
     * @return how it ended; the engine records it
     * @throws Error or exception of the engine's, when this incarnation is over but the execution is not
     */
    public static <I, O extends @Nullable Object> SagaResult<O> run(
            Saga<I, O> saga, I input, Operations ops, RunSettings settings) {
        RunContext run = new RunContext(saga, ops.execution(), settings);
        if (ops.pristine()) {
            run.telling().started(ops);
        }
        Optional<Cause> refused = ops.pristine() ? validate(saga, input) : Optional.empty();
        SagaResult<O> result = refused.isPresent()
                ? new SagaResult.Compensated<>(saga.name(), refused.get(), List.of())
                : forward(saga, input, ops, run);
        run.telling().ended(ops, result);
        return result;
    }

    /** What the saga's validations say of an input, before anything is recorded; empty if it is fine. */
    public static <I> Optional<Cause> validate(Saga<I, ?> saga, I input) {
        return validateAny(saga, input);
    }

    /** Tells of an execution that an engine has ended when it was started, because its {@link #validate} refused it. */
    public static void tellRefused(
            Saga<?, ?> saga, ExecutionIdentity execution, SagaResult<?> result, RunSettings settings) {
        Telling telling = new Telling(saga.name(), execution, settings);
        telling.started();
        telling.ended(result);
    }

    static Optional<Cause> validateAny(Saga<?, ?> saga, Object input) {
        for (Node node : saga.nodes()) {
            if (node instanceof Node.Validate check) {
                Lambda<Boolean> checked = Lambda.of(() -> {
                    check.check().accept(input);
                    return true;
                });
                if (checked.failure() != null) {
                    return Optional.of(new Cause(check.name(), checked.failure()));
                }
            }
        }
        return Optional.empty();
    }

    private static <I, O extends @Nullable Object> SagaResult<O> forward(
            Saga<I, O> saga, I input, Operations ops, RunContext run) {
        Frame frame = Frame.root(saga.name(), input);
        List<Done> done = new ArrayList<>();
        Forward forward = new Forward(new Here(run, ops, frame, "", done));
        Optional<Cause> cause = forward.run(saga.nodes());
        if (cause.isEmpty()) {
            Forward.Returned returned = forward.ending(saga);
            Optional<Cause> open = returned.cause().or(() -> firstSkipped(done));
            return open.isEmpty() ? completed(saga, returned.value()) : stuck(saga, open.get(), done, run);
        }
        return run.pastPivot() == null
                ? unwind(saga, cause.get(), done, ops, run)
                : stuck(saga, cause.get(), done, run);
    }

    private static <O extends @Nullable Object> SagaResult<O> stuck(
            Saga<?, O> saga, Cause cause, List<Done> done, RunContext run) {
        return new SagaResult.Stuck<>(saga.name(), cause, standing(done, run));
    }

    private static <O extends @Nullable Object> SagaResult<O> unwind(
            Saga<?, O> saga, Cause cause, List<Done> done, Operations ops, RunContext run) {
        run.telling().unwinding(ops, cause);
        Unwind unwind = new Unwind(run, ops);
        unwind.all(done);
        return unwind.open()
                ? new SagaResult.Stuck<>(saga.name(), cause, unwind.reports())
                : new SagaResult.Compensated<>(saga.name(), cause, unwind.reports());
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the builder tied the mapper to the saga's type, null included
    private static <O extends @Nullable Object> SagaResult<O> completed(Saga<?, O> saga, @Nullable Object value) {
        return new SagaResult.Completed<>(saga.name(), (O) value);
    }

    private static List<EffectReport> standing(List<Done> done, RunContext run) {
        List<EffectReport> reports = new ArrayList<>();
        for (Done each : flat(done)) {
            if (each instanceof Done.Single single) {
                reports.add(single.report(run.identity(), EffectReport.State.STANDING, null));
            } else if (each instanceof Done.Decided decided) {
                reports.add(decided.report());
            }
        }
        return reports;
    }

    /** The first step in definition order that a person left undone. */
    private static Optional<Cause> firstSkipped(List<Done> done) {
        for (Done each : flat(done)) {
            if (each instanceof Done.Decided decided && decided.report().state().open()) {
                return Optional.of(decided.cause());
            }
        }
        return Optional.empty();
    }

    private static List<Done> flat(List<Done> done) {
        List<Done> flat = new ArrayList<>();
        for (Done each : done) {
            if (each instanceof Done.Group group) {
                group.members().forEach(member -> flat.addAll(flat(member)));
            } else {
                flat.add(each);
            }
        }
        return flat;
    }
}
