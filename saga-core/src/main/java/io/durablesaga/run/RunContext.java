package io.durablesaga.run;

import io.durablesaga.Parking;
import io.durablesaga.Saga;
import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.engine.SagaJson;
import org.jspecify.annotations.Nullable;

/** What all lines of control of one run share; whether the pivot is passed changes only on the root, beside no other. */
final class RunContext {
    private final Saga<?, ?> saga;
    private final ExecutionIdentity identity;
    private final SagaJson json;
    private final int mostResultBytes;
    private final Telling telling;
    private @Nullable Parking pastPivot;

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

    void passPivot(Parking parking) {
        pastPivot = parking;
    }
}
