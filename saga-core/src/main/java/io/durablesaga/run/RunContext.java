package io.durablesaga.run;

import io.durablesaga.Parking;
import io.durablesaga.Saga;
import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What all lines of control of one run share. Past the pivot there is only one, so the mutable part is confined to it. */
final class RunContext {
    private final Saga<?, ?> saga;
    private final ExecutionIdentity identity;
    private final SagaJson json;
    private final int mostResultBytes;
    private final Telling telling;
    private final List<EffectReport> decided = new ArrayList<>();
    private @Nullable Parking pastPivot;
    private @Nullable Cause firstSkipped;

    RunContext(Saga<?, ?> saga, ExecutionIdentity identity, RunSettings settings) {
        this.saga = saga;
        this.identity = identity;
        this.json = settings.json();
        this.mostResultBytes = settings.mostResultBytes();
        this.telling = new Telling(saga.name(), identity, settings.listener());
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

    /** A step past the pivot that a person has settled, one way or the other. */
    void decided(EffectReport report, Cause cause) {
        decided.add(report);
        if (report.state().open() && firstSkipped == null) {
            firstSkipped = cause;
        }
    }

    List<EffectReport> decided() {
        return decided;
    }

    Optional<Cause> firstSkipped() {
        return Optional.ofNullable(firstSkipped);
    }
}
