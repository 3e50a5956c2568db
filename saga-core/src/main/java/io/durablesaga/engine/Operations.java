package io.durablesaga.engine;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * One incarnation's hold on an execution, seen from one line of control: the root, or a branch of it. All an engine has to
 * offer.
 *
 * <p>Operations are told apart by their order within a line of control; on replay the engine checks that kind and name are
 * what was recorded and otherwise {@linkplain ReplayMismatch halts} the execution. Outcomes are returned. Whatever is thrown
 * (a suspension, a superseded incarnation, a failing disk) ends this incarnation and must be neither caught nor followed by
 * further calls.
 *
 * <p>Durations are never shortened; an engine with a coarser clock may lengthen them. A body must not call its engine. Each line of control is used by one thread at a time; what happened before
 * {@link #branch} or {@link #step} is visible to its body, and what a body did is visible after {@link Pending#get()}.
 */
public interface Operations {
    /** Which execution this is. */
    ExecutionIdentity execution();

    /** Whether nothing has been recorded yet and, as far as the records tell, no effect may have started. */
    boolean pristine();

    /**
     * Starts an operation that runs a body until its {@link Reply} settles it. Unless it is read-only, its start is durable
     * before the body runs, and everything this execution recorded before is durable too.
     */
    Pending<StepOutcome> step(StepCall call);

    /** Pauses; the end of the pause is fixed when it is first recorded. */
    Pending<Slept> sleep(String name, Duration duration);

    /** Opens a callback that somebody outside completes by its id. */
    Callback callback(CallbackCall call);

    /** Runs another durable function once, whatever crashes, and waits for its end. */
    Pending<InvokeOutcome> invoke(InvokeCall call);

    /** Opens a line of control of its own that runs at the same time; records nothing itself. */
    Pending<Joined> branch(String name, Consumer<Operations> body);

    /**
     * Whether this line of control has so far only been handed what an earlier incarnation was handed too. What happens
     * now has then been told already.
     */
    boolean replaying();

    /** Runs the action once everything recorded so far on this line of control is durable. */
    void whenDurable(Runnable action);

    /** The end of a pause. */
    enum Slept {
        /** It is over. */
        SLEPT
    }

    /** The end of a branch. */
    enum Joined {
        /** Its body has returned. */
        JOINED
    }
}
