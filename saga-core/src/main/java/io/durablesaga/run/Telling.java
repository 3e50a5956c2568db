package io.durablesaga.run;

import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.engine.Operations;
import io.durablesaga.event.ExecutionRef;
import io.durablesaga.event.SagaEvent;
import io.durablesaga.event.SagaListener;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Logs each event once and hands it to the listener. Messages of failures may hold payload and stay out of the log. */
final class Telling {
    private final ExecutionRef execution;
    private final SagaListener listener;
    private final Logger log;
    private final String label;

    Telling(String saga, ExecutionIdentity identity, RunSettings settings) {
        this.execution = new ExecutionRef(saga, identity.id(), identity.name());
        this.listener = settings.listener();
        this.log = settings.log();
        this.label = "saga " + saga + ", execution " + identity.name() + ":";
    }

    void started(Operations ops) {
        once(ops, this::started);
    }

    void started() {
        log.debug("{} started", label);
        hear(new SagaEvent.Started(execution));
    }

    /** Told at once: this attempt never runs again, whatever becomes of its record. */
    void attemptFailed(String path, boolean undo, int attempt, Failure failure, @Nullable Duration retryIn) {
        log.warn(
                "{} {}{} attempt {} failed: {}{}",
                label,
                undo ? "undo of " : "",
                path,
                attempt,
                failure.type(),
                retryIn == null ? "" : ", next in " + retryIn);
        hear(new SagaEvent.AttemptFailed(execution, path, undo, attempt, failure, retryIn));
    }

    void completed(Operations ops, String path, int attempts) {
        once(ops, () -> {
            log.debug("{} {} completed, attempts {}", label, path, attempts);
            hear(new SagaEvent.Completed(execution, path, attempts));
        });
    }

    void failed(Operations ops, String path, int attempts, Failure failure) {
        once(ops, () -> {
            log.warn("{} {} {}: {}, attempts {}", label, path, failure.kind(), failure.type(), attempts);
            hear(new SagaEvent.Failed(execution, path, attempts, failure));
        });
    }

    void waiting(Operations ops, String path, String callbackId) {
        once(ops, () -> {
            log.debug("{} {} waits for a callback", label, path);
            hear(new SagaEvent.Waiting(execution, path, callbackId));
        });
    }

    void unwinding(Operations ops, Cause cause) {
        once(ops, () -> {
            log.warn(
                    "{} unwinds because of {}: {}",
                    label,
                    cause.path(),
                    cause.failure().type());
            hear(new SagaEvent.Unwinding(execution, cause));
        });
    }

    void undone(Operations ops, String path, int attempts) {
        once(ops, () -> {
            log.info("{} {} undone, attempts {}", label, path, attempts);
            hear(new SagaEvent.Undone(execution, path, attempts));
        });
    }

    void undoFailed(Operations ops, String path, int attempts, Failure failure) {
        once(ops, () -> {
            log.warn("{} undo of {} failed for good: {}, attempts {}", label, path, failure.type(), attempts);
            hear(new SagaEvent.UndoFailed(execution, path, attempts, failure));
        });
    }

    void parked(Operations ops, String path, String decisionId) {
        once(ops, () -> {
            log.warn("{} {} is parked for a decision: {}", label, path, decisionId);
            hear(new SagaEvent.Parked(execution, path, decisionId));
        });
    }

    void decided(Operations ops, String path, String decision) {
        once(ops, () -> {
            log.info("{} {} decided: {}", label, path, decision);
            hear(new SagaEvent.Decided(execution, path, decision));
        });
    }

    void ended(Operations ops, SagaResult<?> result) {
        ops.whenDurable(() -> ended(result));
    }

    void ended(SagaResult<?> result) {
        if (result instanceof SagaResult.Stuck<?> stuck) {
            log.error(
                    "{} is stuck because of {}; open: {}", label, stuck.cause().path(), open(stuck.open()));
        } else {
            log.info("{} ended {}", label, result instanceof SagaResult.Completed<?> ? "completed" : "compensated");
        }
        hear(new SagaEvent.Ended(execution, result));
    }

    private static void once(Operations ops, Runnable told) {
        if (!ops.replaying()) {
            ops.whenDurable(told);
        }
    }

    private static String open(List<EffectReport> effects) {
        return effects.stream()
                .map(effect -> effect.path() + " " + effect.state() + " (action " + effect.actionKey() + " "
                        + effect.action() + " after " + effect.actionAttempts() + ", undo " + effect.undoKey()
                        + " after " + effect.undoAttempts() + ", last error "
                        + (effect.lastError() == null
                                ? "none"
                                : effect.lastError().type()) + ")")
                .collect(Collectors.joining("; ", "[", "]"));
    }

    private void hear(SagaEvent event) {
        try {
            listener.on(event);
        } catch (Throwable thrown) {
            log.warn("{} the listener failed on {}", label, event.getClass().getSimpleName(), thrown);
        }
    }
}
