package io.durablesaga.lambda.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.lambda.durable.model.DurableExecutionInput;
import software.amazon.lambda.durable.model.DurableExecutionOutput;
import software.amazon.lambda.durable.serde.DurableInputOutputSerDes;

/** Invokes the functions of executions that are due, one invocation per execution at a time, and takes what they return. */
final class Invocations {
    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final ExecutorService POOL = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "durable-service-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    });

    private static final DurableInputOutputSerDes WIRE = new DurableInputOutputSerDes();

    private final Store store;
    private final Passage passage;
    private final Endings endings;
    private final Checkpoints checkpoints;
    private final ServiceSettings settings;
    private final List<Incarnation> alive = new ArrayList<>();
    private final List<Bodies> graves = new ArrayList<>();
    private boolean paused;

    Invocations(Store store, Passage passage, Endings endings, Checkpoints checkpoints, ServiceSettings settings) {
        this.store = store;
        this.passage = passage;
        this.endings = endings;
        this.checkpoints = checkpoints;
        this.settings = settings;
    }

    // the lock is held

    /** Invokes everything that is due. */
    void invokeDue() {
        if (!paused) {
            store.executions().stream().filter(Invocations::isDue).forEach(this::invoke);
        }
    }

    static boolean isDue(StoredExecution execution) {
        return execution.running() && execution.due && execution.current == null && execution.stalled == null;
    }

    /** Another invocation, whether or not one is under way: that one may write no more. */
    void invoke(StoredExecution execution) {
        execution.due = false;
        execution.invocations++;
        String label = "invocation " + execution.invocations + " of '" + execution.name + "'";
        Incarnation incarnation = new Incarnation(
                execution,
                execution.invocations,
                "token-" + store.nextId(),
                new Bodies(label, POOL),
                new Pages(settings.pageSize(), store::nextId));
        execution.current = incarnation;
        alive.add(incarnation);
        FunctionUnderTest function = store.function(execution.function).function();
        DurableExecutionInput input = checkpoints.input(incarnation);
        POOL.execute(() -> run(function, input, incarnation));
    }

    /** Kills what is under way, superseded or not, and invokes nothing before it is told to go on. */
    void pause() {
        paused = true;
        List.copyOf(alive).forEach(this::kill);
        store.changed();
    }

    void goOn() {
        paused = false;
        store.executions().forEach(Invocations::wake);
        store.changed();
    }

    static void wake(StoredExecution execution) {
        execution.due |= execution.stalled != null;
        execution.stalled = null;
        execution.failures = 0;
    }

    void kill(Incarnation incarnation) {
        incarnation.die();
        alive.remove(incarnation);
        graves.add(incarnation.bodies);
        StoredExecution execution = incarnation.execution;
        if (execution.current == incarnation) {
            execution.current = null;
            execution.due = true;
        }
    }

    /** The bodies of invocations that have been killed, and may still be at work. */
    List<Bodies> graves() {
        graves.removeIf(bodies -> bodies.working().isEmpty());
        return List.copyOf(graves);
    }

    /** What somebody waits for who waits for everything to come to rest. */
    List<Incarnation> underWay() {
        return store.executions().stream()
                .map(execution -> execution.current)
                .filter(incarnation -> incarnation != null)
                .toList();
    }

    boolean atRest() {
        boolean leaving = alive.stream().anyMatch(incarnation -> incarnation.leaving);
        return !leaving
                && underWay().isEmpty()
                && (paused || store.executions().stream().noneMatch(Invocations::isDue));
    }

    /** Throws where an invocation takes too long. */
    void checkTime(Duration longest) {
        for (Incarnation incarnation : underWay()) {
            if (System.nanoTime() - incarnation.since > longest.toNanos()) {
                throw new AssertionError("takes longer than " + longest + ": " + incarnation.trace());
            }
        }
    }

    // the lock is not held

    private void run(FunctionUnderTest function, DurableExecutionInput input, Incarnation incarnation) {
        incarnation.runsOn(Thread.currentThread());
        try {
            if (!incarnation.dead()) {
                DurableExecutionOutput output =
                        function.invoke(input, new ServiceClient(checkpoints, incarnation), incarnation.bodies);
                returned(incarnation, output);
            }
        } catch (Throwable failure) { // whatever it is, it is this invocation's
            failed(incarnation, failure);
        } finally {
            gone(incarnation);
        }
    }

    private void gone(Incarnation incarnation) {
        synchronized (store) {
            alive.remove(incarnation);
            store.changed();
        }
    }

    private void returned(Incarnation incarnation, @Nullable DurableExecutionOutput output) {
        if (output == null || output.status() == null) {
            throw new IllegalStateException("returned nothing");
        }
        switch (output.status()) {
            case PENDING -> suspended(incarnation);
            case SUCCEEDED -> ended(incarnation, ExecutionStatus.SUCCEEDED, output);
            case FAILED -> ended(incarnation, ExecutionStatus.FAILED, output);
        }
    }

    private void suspended(Incarnation incarnation) {
        synchronized (store) {
            if (!incarnation.current()) {
                return;
            }
            StoredExecution execution = incarnation.execution;
            execution.log.heard(incarnation.heard, incarnation.told);
            execution.current = null;
            execution.failures = 0;
            // news that came too late for it, or that it may have been too far gone to act on
            execution.due = execution.log.changedFromOutsideSince(incarnation.begun);
            if (!execution.due && !execution.hasOutstanding()) {
                execution.stalled =
                        new IllegalStateException("suspended itself, and nothing is outstanding: it would never go on");
            }
            store.changed();
        }
    }

    private void ended(Incarnation incarnation, ExecutionStatus status, DurableExecutionOutput output) {
        if (Sizes.bytes(WIRE.serialize(output)) > settings.limits().responseBytes()) {
            throw new IllegalStateException(
                    "returned more than " + settings.limits().responseBytes() + " bytes");
        }
        List<Operation> ended;
        synchronized (store) {
            if (!incarnation.current()) {
                return;
            }
            incarnation.leaving = true;
            ended = incarnation.execution.log.endedOutside();
        }
        passage.pass(new Call(Call.Kind.END, incarnation.execution.name, ended, List.of()), () -> {
            synchronized (store) {
                if (incarnation.current()) {
                    endings.end(incarnation.execution, status, output.result(), output.error());
                }
                return status;
            }
        });
    }

    private void failed(Incarnation incarnation, Throwable failure) {
        synchronized (store) {
            if (!incarnation.current()) {
                return;
            }
            StoredExecution execution = incarnation.execution;
            execution.current = null;
            boolean moved = incarnation.wrote || execution.log.changedFromOutsideSince(incarnation.begun);
            execution.failures = moved ? 1 : execution.failures + 1;
            if (execution.failures >= settings.failures()) {
                execution.stalled = failure;
            } else {
                execution.due = true;
            }
            store.changed();
        }
    }
}
