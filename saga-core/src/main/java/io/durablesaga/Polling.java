package io.durablesaga;

import java.time.Duration;
import java.util.Objects;

/**
 * How often a {@code poll} looks, and how often at the most. Without a value for that case, running out unwinds the saga.
 *
 * @param interval the wait between two looks
 * @param atMost how many looks
 */
public record Polling(Duration interval, int atMost) {

    /** Checks both. */
    public Polling {
        if (interval.toMillis() < 1) {
            throw new IllegalArgumentException("interval: " + interval + "; at least one millisecond");
        }
        if (atMost < 1) {
            throw new IllegalArgumentException("atMost: " + atMost + "; at least one look");
        }
    }

    /** Looks this many times, this far apart. */
    public static Polling every(Duration interval, int atMost) {
        return new Polling(interval, atMost);
    }

    /** When the looks run out the saga goes on with this value instead of unwinding. */
    public <R> Or<R> orElse(R value) {
        return new Or<>(this, value);
    }

    /**
     * A poll with a value for the case that it never finds anything.
     *
     * @param polling the looks
     * @param value what the poll yields then
     * @param <R> the type of the value
     */
    public record Or<R>(Polling polling, R value) {
        /** Both parts are required. */
        public Or {
            Objects.requireNonNull(polling, "polling");
            Objects.requireNonNull(value, "value");
        }
    }
}
