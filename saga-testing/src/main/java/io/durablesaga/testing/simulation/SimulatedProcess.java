package io.durablesaga.testing.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Saga;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaResults;
import io.durablesaga.run.RunSettings;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One process over the records, until it is killed. */
final class SimulatedProcess {
    private static final int MOST_WITHOUT_PROGRESS = 100;
    private static final int LOOK_MILLIS = 10;

    private final Records records;
    private final Map<String, Saga<?, ?>> sagas;
    private final RunSettings settings;
    private final Bodies bodies;
    private volatile boolean dead;
    private volatile @Nullable Incarnation current;
    private volatile CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();

    SimulatedProcess(Records records, Map<String, Saga<?, ?>> sagas, RunSettings settings, Bodies bodies) {
        this.records = records;
        this.sagas = sagas;
        this.settings = settings;
        this.bodies = bodies;
    }

    Records records() {
        return records;
    }

    RunSettings settings() {
        return settings;
    }

    Bodies bodies() {
        return bodies;
    }

    Saga<?, ?> saga(String name) {
        Saga<?, ?> saga = sagas.get(name);
        if (saga == null) {
            throw new IllegalStateException("saga '" + name + "' is not registered");
        }
        return saga;
    }

    String write(SagaResult<?> result) {
        try {
            return new SagaResults(settings.json().mapper()).write(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the run has checked that the result serialises", e);
        }
    }

    boolean isDead() {
        return dead;
    }

    /** From now on nothing of it writes, starts or tells; who waits for it to settle waits no more. */
    void kill() {
        records.betweenChanges(() -> dead = true);
        settled.complete(null);
    }

    /** Runs what can run. Where it may linger, a body that waits when the process is killed keeps its own thread only. */
    void settle(boolean lingering) {
        if (dead) {
            return;
        }
        if (!lingering) {
            runAllDue(false);
            return;
        }
        CompletableFuture<@Nullable Void> settling = new CompletableFuture<>();
        settled = settling;
        Workers.run(() -> {
            try {
                runAllDue(true);
                settling.complete(null);
            } catch (Throwable unplanned) {
                settling.completeExceptionally(unplanned);
            }
        });
        await(settling);
    }

    private void runAllDue(boolean lingering) {
        ExecutionRecord due = records.first(this::isDue);
        while (due != null && !dead) {
            Incarnation incarnation = new Incarnation(this, due, lingering);
            current = incarnation;
            incarnation.run();
            if (due.incarnationsWithoutProgress() > MOST_WITHOUT_PROGRESS) {
                throw new IllegalStateException(due.label() + ": " + MOST_WITHOUT_PROGRESS
                        + " incarnations one after the other have written nothing; let the gate let a write through");
            }
            due = records.first(this::isDue);
        }
    }

    private boolean isDue(ExecutionRecord execution) {
        return execution.due(records.time().now()) && sagas.containsKey(execution.saga());
    }

    /** Waits, and now and then looks whether a body holds up the others. */
    private void await(CompletableFuture<@Nullable Void> settling) {
        boolean interrupted = false;
        boolean settledNow = false;
        while (!settledNow) {
            try {
                settling.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                settledNow = true;
            } catch (TimeoutException late) {
                look();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw rethrown(e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        Incarnation incarnation = current;
        if (incarnation != null) {
            incarnation.turns().look();
        }
    }

    private static RuntimeException rethrown(ExecutionException failed) {
        if (failed.getCause() instanceof Error error) {
            throw error;
        }
        return failed.getCause() instanceof RuntimeException exception
                ? exception
                : new IllegalStateException(failed.getCause());
    }
}
