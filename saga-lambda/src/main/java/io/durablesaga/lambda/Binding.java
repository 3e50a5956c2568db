package io.durablesaga.lambda;

import io.durablesaga.engine.ExecutionIdentity;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What all lines of control of one run share.
 *
 * @param records what is known of what was recorded before
 * @param identity which execution it is
 * @param envelopes how results are recorded
 * @param timeout how long an execution may take
 */
record Binding(
        Records records, ExecutionIdentity identity, Envelopes envelopes, Duration timeout, InstantSource clock) {

    /** How much of the execution's time is left, or null where that is not known. */
    @Nullable
    Duration left() {
        return records.left(timeout, clock.instant());
    }
}
