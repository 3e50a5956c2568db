package io.durablesaga.testing.simulation;

import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.CallbackCall;
import io.durablesaga.engine.CallbackOutcome;
import io.durablesaga.testing.engine.RecordGate;
import io.durablesaga.testing.engine.RecordGate.Written;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What outlives every process: the service that a process is a client of. Every write of a process passes the gate and then a
 * fence that lets only living incarnations through; what somebody outside says of a callback does neither. Thread-safe, but
 * for the records of executions, which belong to the incarnation whose turn it is.
 */
final class Records {
    private final Time time = new Time();
    private final Map<String, ExecutionRecord> executions = new LinkedHashMap<>();
    private final Map<String, CallbackRecord> callbacks = new LinkedHashMap<>();
    private volatile RecordGate gate = RecordGate.OPEN;
    private int ids;

    Time time() {
        return time;
    }

    void gate(RecordGate newGate) {
        gate = newGate;
    }

    /**
     * Writes.
     *
     * @param fence throws where the writer is superseded; asked before anything happens, before the change and after it
     */
    void write(List<Written> written, Runnable fence, Runnable change) {
        fence.run();
        gate.before(written);
        synchronized (this) {
            fence.run();
            change.run();
        }
        gate.after(written);
        fence.run();
    }

    /** Runs while no change is on its way, neither before its fence nor after it. */
    synchronized void betweenChanges(Runnable action) {
        action.run();
    }

    synchronized String newId(String of) {
        ids++;
        return of + "-" + ids;
    }

    // executions

    synchronized Optional<ExecutionRecord> find(String name) {
        return Optional.ofNullable(executions.get(name));
    }

    ExecutionRecord execution(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("there is no execution '" + name + "'"));
    }

    /** The first of these in the order in which they were started, or null. */
    synchronized @Nullable ExecutionRecord first(Predicate<ExecutionRecord> which) {
        for (ExecutionRecord execution : executions.values()) {
            if (which.test(execution)) {
                return execution;
            }
        }
        return null;
    }

    synchronized void add(ExecutionRecord execution) {
        executions.putIfAbsent(execution.name(), execution);
    }

    synchronized void wakeHalted(String saga) {
        for (ExecutionRecord execution : executions.values()) {
            if (execution.saga().equals(saga)) {
                execution.wakeHalted();
            }
        }
    }

    // callbacks

    synchronized void open(String id, ExecutionRecord execution, CallbackCall call) {
        callbacks.put(id, new CallbackRecord(execution, call, time.now()));
    }

    /** What is known of a callback now. */
    synchronized <T extends @Nullable Object> T ask(String id, Function<CallbackRecord, T> question) {
        CallbackRecord callback = callbacks.get(id);
        if (callback == null) {
            throw new IllegalArgumentException("there is no callback '" + id + "'");
        }
        return question.apply(callback);
    }

    /** Somebody outside ends a callback. */
    synchronized CallbackAnswer end(String id, boolean decision, CallbackOutcome outcome) {
        CallbackRecord callback = callbacks.get(id);
        if (callback != null && callback.decision() != decision) {
            throw new IllegalArgumentException(
                    decision
                            ? "callback " + id + " waits for a payload, not for a decision; complete it"
                            : "callback " + id + " waits for a decision; call decide(...) with it");
        }
        return callback == null ? CallbackAnswer.UNKNOWN : callback.end(outcome, time.now());
    }

    synchronized CallbackAnswer heartbeat(String id) {
        CallbackRecord callback = callbacks.get(id);
        return callback == null ? CallbackAnswer.UNKNOWN : callback.heartbeat(time.now());
    }

    /** The open callbacks of an execution by id, or its open decisions. */
    synchronized Map<String, CallbackRecord> open(ExecutionRecord execution, boolean decisions) {
        Map<String, CallbackRecord> open = new LinkedHashMap<>();
        callbacks.forEach((id, callback) -> {
            if (callback.execution() == execution
                    && callback.decision() == decisions
                    && !execution.ended()
                    && callback.outcome(time.now()) == null) {
                open.put(id, callback);
            }
        });
        return open;
    }
}
