package io.durablesaga.lambda;

import io.durablesaga.claimcheck.ClaimCheck;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.event.SagaListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.lambda.durable.DurableConfig;

/**
 * Settings of a saga's function. Immutable: each method returns other settings.
 *
 * @param json how values become records
 * @param listener who hears of what happens
 * @param executionTimeout what the function's {@code DurableConfig} says, which nothing here can look up; a saga that may take
 *     longer is refused
 * @param claimCheck where results that do not fit into a record are kept, or null to refuse them
 * @param compensatedFails whether an execution that was undone fails, instead of returning how it ended
 * @param sdk client, executor and what else the SDK is configured by, or null for its defaults
 * @param clock what tells how much of an execution's time is left
 */
public record LambdaSettings(
        SagaJson json,
        SagaListener listener,
        Duration executionTimeout,
        @Nullable ClaimCheck claimCheck,
        boolean compensatedFails,
        @Nullable DurableConfig sdk,
        InstantSource clock) {
    /** The environment variable by which a template tells its function the execution timeout, in seconds. */
    public static final String EXECUTION_TIMEOUT_SECONDS = "SAGA_EXECUTION_TIMEOUT_SECONDS";

    private static final Duration TIMEOUT_BY_DEFAULT = Duration.ofHours(24);

    /** Checks them. */
    public LambdaSettings {
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(executionTimeout, "executionTimeout");
        Objects.requireNonNull(clock, "clock");
        if (executionTimeout.isNegative() || executionTimeout.isZero()) {
            throw new IllegalArgumentException("executionTimeout: " + executionTimeout + "; more than nothing");
        }
    }

    /**
     * What holds unless something else is said: plain JSON, nobody listening, and as execution timeout what the environment
     * variable {@value #EXECUTION_TIMEOUT_SECONDS} says, or else 24 hours, as the service has it.
     */
    public static LambdaSettings defaults() {
        return new LambdaSettings(
                SagaJson.standard(),
                SagaListener.none(),
                timeoutOf(Sources.executionTimeoutSeconds()),
                null,
                false,
                null,
                Sources.systemClock());
    }

    /** Writes and reads values with this mapper. */
    public LambdaSettings json(SagaJson newJson) {
        return new LambdaSettings(newJson, listener, executionTimeout, claimCheck, compensatedFails, sdk, clock);
    }

    /** Tells this listener what happens. */
    public LambdaSettings listener(SagaListener newListener) {
        return new LambdaSettings(json, newListener, executionTimeout, claimCheck, compensatedFails, sdk, clock);
    }

    /** Says what the function's {@code DurableConfig} has as {@code ExecutionTimeout}. */
    public LambdaSettings executionTimeout(Duration timeout) {
        return new LambdaSettings(json, listener, timeout, claimCheck, compensatedFails, sdk, clock);
    }

    /** Keeps results of more than 256 KB here. */
    public LambdaSettings claimCheck(ClaimCheck newClaimCheck) {
        return new LambdaSettings(json, listener, executionTimeout, newClaimCheck, compensatedFails, sdk, clock);
    }

    /** Lets an execution that was undone fail, for people whose alarms watch failed executions. */
    public LambdaSettings failingWhenCompensated() {
        return new LambdaSettings(json, listener, executionTimeout, claimCheck, true, sdk, clock);
    }

    /**
     * Gives the SDK this client, executor and so on; its {@code SerDes} is not used. The executor must not let tasks queue: handler,
     * branches and steps wait for each other.
     */
    public LambdaSettings sdk(DurableConfig config) {
        return new LambdaSettings(json, listener, executionTimeout, claimCheck, compensatedFails, config, clock);
    }

    /** Takes the time from here. */
    public LambdaSettings clock(InstantSource newClock) {
        return new LambdaSettings(json, listener, executionTimeout, claimCheck, compensatedFails, sdk, newClock);
    }

    static Duration timeoutOf(@Nullable String seconds) {
        if (seconds == null) {
            return TIMEOUT_BY_DEFAULT;
        }
        try {
            return Duration.ofSeconds(Long.parseLong(seconds.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    EXECUTION_TIMEOUT_SECONDS + ": '" + seconds
                            + "' is no number of seconds; give it what DurableConfig has as ExecutionTimeout",
                    e);
        }
    }
}
