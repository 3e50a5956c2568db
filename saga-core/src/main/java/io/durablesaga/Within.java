package io.durablesaga;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long an {@code await} waits for its callback. Without a value for that case, a timeout unwinds the saga.
 *
 * @param timeout the longest wait
 * @param heartbeat the longest silence between heartbeats, shorter than the timeout, or null for none
 */
public record Within(Duration timeout, @Nullable Duration heartbeat) {

    /** Both are checked by the builder, which can name the saga and the node. */
    public Within {
        Objects.requireNonNull(timeout, "timeout");
    }

    /** Waits this long. */
    public static Within within(Duration timeout) {
        return new Within(timeout, null);
    }

    /** Gives up earlier when no heartbeat arrives for this long. */
    public Within heartbeat(Duration silence) {
        return new Within(timeout, Objects.requireNonNull(silence, "silence"));
    }

    /** On timeout the saga goes on with this value instead of unwinding. */
    public <R> Or<R> orElse(R value) {
        return new Or<>(this, value);
    }

    /**
     * A wait with a value for the case that nobody answers.
     *
     * @param within the wait
     * @param value what the await yields on timeout
     * @param <R> the type of the value
     */
    public record Or<R>(Within within, R value) {
        /** Both parts are required. */
        public Or {
            Objects.requireNonNull(within, "within");
            Objects.requireNonNull(value, "value");
        }
    }
}
