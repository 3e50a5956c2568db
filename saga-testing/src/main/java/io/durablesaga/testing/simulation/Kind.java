package io.durablesaga.testing.simulation;

import io.durablesaga.engine.StepCall;

/** What a record is of. */
enum Kind {
    EXECUTION,
    ACTION,
    UNDO,
    CAPTURE,
    POLL,
    FAILURE,
    SLEEP,
    CALLBACK,
    INVOKE;

    static Kind of(StepCall.Kind kind) {
        return valueOf(kind.name());
    }
}
