package io.durablesaga.engine;

import io.durablesaga.result.Failure;

/** How an operation that runs a body ended. */
public sealed interface StepOutcome {
    /** How many attempts it took. */
    int attempts();

    /** Completed with this JSON. */
    record Completed(String payload, int attempts) implements StepOutcome {}

    /** Failed; a failure that its body did not report itself is unknown. */
    record Failed(Failure failure, int attempts) implements StepOutcome {}
}
