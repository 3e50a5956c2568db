package io.durablesaga.run;

import io.durablesaga.Parking;
import io.durablesaga.Saga;
import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.engine.SagaJson;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What all lines of control of one run share; whether the pivot is passed changes only on the root, beside no other. */
final class RunContext {
    private final Saga<?, ?> saga;
    private final ExecutionIdentity identity;
    private final SagaJson json;
    private final int mostResultBytes;
    private final Telling telling;
    private @Nullable Parking pastPivot;
    private volatile @Nullable Duration rollback;

    RunContext(Saga<?, ?> saga, ExecutionIdentity identity, RunSettings settings) {
        this.saga = saga;
        this.identity = identity;
        this.json = settings.json();
        this.mostResultBytes = settings.mostResultBytes();
        this.telling = new Telling(saga.name(), identity, settings);
    }

    Saga<?, ?> saga() {
        return saga;
    }

    ExecutionIdentity identity() {
        return identity;
    }

    SagaJson json() {
        return json;
    }

    int mostResultBytes() {
        return mostResultBytes;
    }

    Telling telling() {
        return telling;
    }

    /** How long a person has to decide, once the pivot is passed; null before it. */
    @Nullable
    Parking pastPivot() {
        return pastPivot;
    }

    /**
     * Whether what is left of the execution's time is needed for undoing what has happened so far: then nothing new may be begun.
     * Past the pivot nothing is undone, so nothing is kept back.
     *
     * @param ahead how long the saga may have to wait for what is begun
     */
    boolean outOfTime(@Nullable Duration left, Duration ahead) {
        return left != null && pastPivot == null && left.compareTo(rollback().plus(ahead)) < 0;
    }

    /** The longest that undoing may take. */
    Duration rollback() {
        Duration known = rollback;
        if (known == null) {
            known = saga.worstCase().rollback();
            rollback = known;
        }
        return known;
    }

    void passPivot(Parking parking) {
        pastPivot = parking;
    }
}
