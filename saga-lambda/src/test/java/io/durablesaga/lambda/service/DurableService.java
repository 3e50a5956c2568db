package io.durablesaga.lambda.service;

import io.durablesaga.engine.CallbackAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.lambda.durable.model.DurableExecutionInput;

/**
 * A strict stand-in for the service that runs durable functions, in memory.
 *
 * <p>What it is strict about: each checkpoint token is good for one checkpoint, and a new invocation's token makes all former
 * ones worthless; updates are legal for what is stored, and are applied all or none; payloads, errors, names, operations and
 * bytes are limited; states and news come in pages. What is not in order is refused in the service's own words.
 *
 * <p>An execution is invoked when it is started, when something outside changed one of its operations, and again when an
 * invocation failed. It is not invoked any more, and {@link #settle} says so loudly, where invocations keep failing without
 * having recorded anything, and where one suspends itself with nothing to wait for.
 *
 * <p>Time is virtual and moves in {@link #advance} only. What it does not reach is the clock by which the durable SDK decides
 * when to ask for news while an invocation goes on because one of its threads is at work: for a pause, or for a retry that was
 * recorded before, it asks when the service said it would be due, so the service says {@linkplain ServiceSettings#pollAfter soon},
 * and lets each further question wait a {@linkplain ServiceSettings#pause moment}; for a retry that the same invocation has
 * recorded it asks after the retry's delay in real time; for callbacks, invoked functions and conditions by its polling strategy,
 * in real time. Any checkpoint brings all news, so this matters only to a body that waits for such a thing to happen elsewhere
 * in its own invocation.
 *
 * <p>Thread-safe. Functions, and what a test has go wrong, may call it.
 */
public final class DurableService implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final Store store = new Store();
    private final Passage passage = new Passage(store);
    private final Endings endings = new Endings(store);
    private final Timers timers = new Timers(store, endings);
    private final ServiceSettings settings;
    private final Starts starts;
    private final Resumption resumption;
    private final Answers answers;
    private final Invocations invocations;

    /** A service that knows no function yet. */
    public DurableService(ServiceSettings settings) {
        this.settings = settings;
        starts = new Starts(store, passage, endings);
        resumption = new Resumption(store, starts, settings.limits());
        answers = new Answers(store, passage, endings, settings.limits());
        Checkpoints checkpoints = new Checkpoints(store, passage, endings, starts, settings);
        invocations = new Invocations(store, passage, endings, checkpoints, settings);
        store.onChange(invocations::invokeDue);
    }

    /** A function, from the next invocation on; one of the same name before is replaced. */
    public void register(String name, FunctionUnderTest function) {
        register(name, function, settings.limits().timeout());
    }

    /** A function whose executions, those that are started from now on, are ended after this time. */
    public void register(String name, FunctionUnderTest function, Duration timeout) {
        synchronized (store) {
            store.function(name, new Store.Registered(function, timeout));
        }
    }

    /** What a test has go wrong from now on. */
    public void interfere(Interference interference) {
        passage.interfere(interference);
    }

    /**
     * Starts an execution, or finds the one that was started under this name with the same function and the same payload.
     *
     * @param function its name, with or without a version, or its ARN
     * @return the ARN of the execution
     */
    public String start(String function, String name, String payload) {
        return starts.start(function, name, payload);
    }

    /**
     * Goes on with an execution that was recorded elsewhere, as an invocation of it was handed it; its function is known here.
     * See {@link Resumption} for what is assumed of it that no invocation is told.
     */
    public void resume(DurableExecutionInput recorded) {
        synchronized (store) {
            resumption.resume(recorded);
            store.changed();
        }
    }

    /** Ends an execution without running anything of it. */
    public void stop(String name, ErrorObject error) {
        synchronized (store) {
            StoredExecution execution = store.execution(name);
            if (execution.running()) {
                endings.end(execution, ExecutionStatus.STOPPED, null, error);
                store.changed();
            }
        }
    }

    // callbacks

    /** Completes a callback. */
    public CallbackAnswer complete(String callbackId, @Nullable String payload) {
        return answers.complete(callbackId, payload);
    }

    /** Fails a callback. */
    public CallbackAnswer fail(String callbackId, ErrorObject error) {
        return answers.fail(callbackId, error);
    }

    /** Prolongs a callback. */
    public CallbackAnswer heartbeat(String callbackId) {
        return answers.heartbeat(callbackId);
    }

    // time

    /** What time it is. */
    public Instant now() {
        return store.now();
    }

    /** A clock that tells it. */
    public Clock clock() {
        return new VirtualClock(store);
    }

    /** Lets time pass; what is due by then happens in its order, before anything is invoked that takes time of its own. */
    public void advance(Duration time) {
        timers.advance(time);
    }

    /**
     * Returns once no invocation is under way or due: nothing happens any more before time passes or somebody outside acts.
     *
     * @throws AssertionError where an invocation hangs, or an execution is not invoked any more although it has not ended
     */
    public void settle() {
        synchronized (store) {
            while (!invocations.atRest()) {
                invocations.checkTime(settings.longest());
                try {
                    store.wait(GLANCE.toMillis());
                } catch (InterruptedException e) {
                    throw new IllegalStateException("interrupted while it settles", e);
                }
            }
            store.executions().forEach(this::checkGoesOn);
        }
    }

    private void checkGoesOn(StoredExecution execution) {
        Throwable stalled = execution.stalled;
        if (stalled != null && execution.running() && !settings.mayStall().test(stalled)) {
            throw new AssertionError(
                    "'" + execution.name + "' does not end: invocation " + execution.invocations + " failed, "
                            + execution.failures + " of them in a row; operations " + execution.log.all(),
                    stalled);
        }
    }

    // incarnations

    /** Kills every invocation that is under way, and begins none before {@link #reopen}. */
    public void kill() {
        synchronized (store) {
            invocations.pause();
        }
    }

    /** Invokes again; also what was given up on. */
    public void reopen() {
        synchronized (store) {
            invocations.goOn();
        }
    }

    /** Kills the invocation of one execution, if one is under way; another one follows at once. */
    public void kill(String name) {
        synchronized (store) {
            Incarnation incarnation = store.execution(name).current;
            if (incarnation != null) {
                invocations.kill(incarnation);
                store.changed();
            }
        }
    }

    /** Another invocation of an execution begins while the one that is under way goes on, and can write no more. */
    public void supersede(String name) {
        synchronized (store) {
            StoredExecution execution = store.execution(name);
            if (!execution.running()) {
                throw new IllegalArgumentException("'" + name + "' has ended");
            }
            invocations.invoke(execution);
        }
    }

    /** Invokes executions of a function again that were given up on. */
    public void wake(String function) {
        synchronized (store) {
            store.ofFunction(function).forEach(Invocations::wake);
            store.changed();
        }
    }

    /** Waits until no thread of a killed invocation is at work any more, and interrupts those that are; says whether that came true. */
    public boolean bury(Duration longest) {
        List<Bodies> graves;
        synchronized (store) {
            graves = invocations.graves();
        }
        long deadline = System.nanoTime() + longest.toNanos();
        boolean buried = true;
        for (Bodies bodies : graves) {
            bodies.interrupt();
            try {
                buried &= bodies.awaitNone(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted while it waits for threads to end", e);
            }
        }
        return buried;
    }

    // what is known

    /** What is known of an execution. */
    public ExecutionView execution(String name) {
        synchronized (store) {
            return ExecutionView.of(store.execution(name));
        }
    }

    /** The names of all executions, in the order in which they were started. */
    public List<String> executions() {
        synchronized (store) {
            return store.executions().stream().map(execution -> execution.name).toList();
        }
    }

    /** Kills what is under way. */
    @Override
    public void close() {
        kill();
        boolean unused = bury(Duration.ZERO);
    }
}
