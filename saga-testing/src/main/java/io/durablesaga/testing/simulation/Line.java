package io.durablesaga.testing.simulation;

import io.durablesaga.engine.Callback;
import io.durablesaga.engine.CallbackCall;
import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.engine.InvokeCall;
import io.durablesaga.engine.InvokeOutcome;
import io.durablesaga.engine.Operations;
import io.durablesaga.engine.Pending;
import io.durablesaga.engine.StepCall;
import io.durablesaga.engine.StepOutcome;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** One line of control of an incarnation. */
final class Line implements Operations {
    private final Incarnation incarnation;
    private final String prefix;
    private final Fiber fiber;
    private int opened;
    private boolean replaying;

    /**
     * A line.
     *
     * @param prefix what the positions of its operations begin with
     * @param fiber gives the line something that takes turns with the others
     */
    Line(Incarnation incarnation, String prefix, boolean replaying, Function<Line, Fiber> fiber) {
        this.incarnation = incarnation;
        this.prefix = prefix;
        this.replaying = replaying;
        this.fiber = fiber.apply(this);
    }

    Incarnation incarnation() {
        return incarnation;
    }

    @Override
    public ExecutionIdentity execution() {
        return incarnation.execution().identity();
    }

    @Override
    public boolean pristine() {
        return incarnation.execution().pristine();
    }

    @Override
    public boolean replaying() {
        return replaying;
    }

    @Override
    public void whenDurable(Runnable action) {
        incarnation.toTell(action);
    }

    @Override
    public Pending<StepOutcome> step(StepCall call) {
        return open(new StepOperation(this, nextPosition(), call));
    }

    @Override
    public Pending<Slept> sleep(String name, Duration duration) {
        return open(new SleepOperation(this, nextPosition(), name, duration));
    }

    @Override
    public Callback callback(CallbackCall call) {
        CallbackOperation callback = open(new CallbackOperation(this, nextPosition(), call));
        replaying &= !callback.openedNow();
        return callback;
    }

    @Override
    public Pending<InvokeOutcome> invoke(InvokeCall call) {
        return open(new InvokeOperation(this, nextPosition(), call));
    }

    @Override
    public Pending<Joined> branch(String name, Consumer<Operations> body) {
        return open(new BranchOperation(this, nextPosition(), name, replaying, body));
    }

    /** Waits for the outcome of an operation; throws where the incarnation is over first. */
    <T> T outcomeOf(Operation<T> operation) {
        incarnation.tell();
        if (!operation.finished()) {
            operation.demand();
            incarnation.turns().await(operation, fiber);
        }
        replaying &= !operation.fresh();
        return operation.outcome();
    }

    private String nextPosition() {
        return prefix + opened++;
    }

    private <O extends Operation<?>> O open(O operation) {
        incarnation.tell();
        operation.open();
        return operation;
    }
}
