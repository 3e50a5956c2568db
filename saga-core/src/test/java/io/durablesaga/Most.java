package io.durablesaga;

import java.time.Duration;

/** A worst case but for its names. */
record Most(long operations, long metered, long bytes, Duration duration, boolean bounded) {

    static Most of(Saga<?, ?> saga) {
        WorstCase worst = saga.worstCase();
        return new Most(
                worst.operations(), worst.meteredOperations(), worst.bytes(), worst.duration(), worst.bounded());
    }
}
