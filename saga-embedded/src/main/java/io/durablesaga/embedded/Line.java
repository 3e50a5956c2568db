package io.durablesaga.embedded;

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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One line of control of an incarnation. An operation starts on the thread that asks for its outcome, unless the line opens
 * another one first: then it goes to the pool, so a plain chain of steps changes threads nowhere and parallel ones all run.
 */
final class Line implements Operations {
    final Incarnation incarnation;
    private final String prefix;
    private final List<Operation<?>> unstarted = new ArrayList<>();
    private int opened;
    private boolean replaying;

    Line(Incarnation incarnation, String prefix, boolean replaying) {
        this.incarnation = incarnation;
        this.prefix = prefix;
        this.replaying = replaying;
    }

    @Override
    public ExecutionIdentity execution() {
        return incarnation.identity();
    }

    @Override
    public boolean pristine() {
        return incarnation.pristine();
    }

    @Override
    public boolean replaying() {
        return replaying;
    }

    @Override
    public void whenDurable(Runnable action) {
        incarnation.outbox().whenDurable(action);
    }

    @Override
    public Pending<StepOutcome> step(StepCall call) {
        return open(new StepOperation(this, nextPosition(), call, replaying && incarnation.interrupted()));
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
        String position = nextPosition();
        incarnation.history().requireBranch(position, name);
        Line inside = new Line(incarnation, position + ".", replaying);
        return open(new BranchOperation(this, position, name, inside, body));
    }

    /** Brings the operation on and waits for its outcome; throws where the incarnation ends first. */
    <T> T outcomeOf(Operation<T> operation) {
        if (!operation.finished()) {
            unstarted.remove(operation);
            startAll();
            if (operation.claim()) {
                operation.proceed();
            }
            incarnation.crew().await(operation);
        }
        replaying &= !operation.fresh();
        return operation.outcome();
    }

    private String nextPosition() {
        return prefix + opened++;
    }

    private <O extends Operation<?>> O open(O operation) {
        startAll();
        if (!operation.finished()) {
            unstarted.add(operation);
        }
        return operation;
    }

    private void startAll() {
        for (Operation<?> operation : unstarted) {
            incarnation.crew().dispatch(operation);
        }
        unstarted.clear();
    }
}
