package io.durablesaga.run;

import io.durablesaga.engine.SagaJson;
import io.durablesaga.event.SagaListener;
import java.util.Objects;
import org.slf4j.Logger;

/**
 * What an engine gives a run besides its operations.
 *
 * @param json how values become records
 * @param listener who hears of what happens
 * @param mostResultBytes the most bytes one result may take on this engine
 * @param log where the run's own log lines go
 */
public record RunSettings(SagaJson json, SagaListener listener, int mostResultBytes, Logger log) {
    /** All parts are required. */
    public RunSettings {
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(log, "log");
        if (mostResultBytes < 1) {
            throw new IllegalArgumentException("mostResultBytes: " + mostResultBytes + "; at least 1");
        }
    }
}
