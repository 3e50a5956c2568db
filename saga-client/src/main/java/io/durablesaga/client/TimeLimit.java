package io.durablesaga.client;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/** How long several requests may take together. */
final class TimeLimit {
    /** As long as the client lets them. */
    static final TimeLimit NONE = new TimeLimit(() -> 0, Duration.ZERO);

    private static final Duration LEAST = Duration.ofMillis(1);

    private final LongSupplier nanos;
    private final long begin;
    private final Duration within;

    private TimeLimit(LongSupplier nanos, Duration within) {
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
        this.within = within;
    }

    /**
     * From now on.
     *
     * @throws IllegalArgumentException if that is less than a millisecond
     */
    static TimeLimit within(Duration within, LongSupplier nanos) {
        if (within.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("within " + within + "; at least a millisecond");
        }
        return new TimeLimit(nanos, within);
    }

    /** What the next request is sent with; once the time is over the SDK is left a millisecond to say so. */
    @Nullable
    AwsRequestOverrideConfiguration next() {
        if (within.isZero()) {
            return null;
        }
        Duration left = within.minusNanos(nanos.getAsLong() - begin);
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(left.compareTo(LEAST) < 0 ? LEAST : left)
                .build();
    }
}
