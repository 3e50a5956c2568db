package io.durablesaga.lambda;

import java.time.Clock;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Where the time and the function's surroundings come from, unless a test says otherwise. */
final class Sources {
    private Sources() {}

    static InstantSource systemClock() {
        return Clock.systemUTC();
    }

    /** The version that this code runs as, or null outside Lambda. */
    static @Nullable String functionVersion() {
        return System.getenv("AWS_LAMBDA_FUNCTION_VERSION");
    }

    /** What the function's template says of the execution timeout, or null. */
    static @Nullable String executionTimeoutSeconds() {
        return System.getenv(LambdaSettings.EXECUTION_TIMEOUT_SECONDS);
    }
}
