package io.durablesaga.engine;

import io.durablesaga.result.Failure;

/** How an operation that runs a body ended. */
public sealed interface StepOutcome {
    /** How many attempts it took. */
    int attempts();

    /** Completed with this JSON. */
    record Completed(String payload, int attempts) implements StepOutcome {}

    /** Failed; a failure that its body did not report itself is unknown. */
    record Failed(Failure failure, int attempts) implements StepOutcome {

        /** Its attempts were interrupted more often than its call survives: what they did is unknown. */
        public static Failed interrupted(StepCall call, int attempts) {
            return new Failed(
                    Failure.unknown(
                            "interrupted",
                            "interrupted in the middle of an attempt more than " + call.interruptions() + " times"),
                    attempts);
        }
    }
}
