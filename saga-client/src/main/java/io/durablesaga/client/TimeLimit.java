package io.durablesaga.client;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/** How long several requests may take together. */
final class TimeLimit {
    /** As long as the client lets them. */
    static final TimeLimit NONE = new TimeLimit(() -> 0, Duration.ZERO, Duration.ZERO);

    private static final Duration LEAST = Duration.ofMillis(1);

    /** How much longer than it may a request takes where its client is trusted: what it took to come here. */
    private static final Duration SLACK = Duration.ofMillis(100);

    private final LongSupplier nanos;
    private final long begin;
    private final Duration within;
    private final Duration clientGivesUpAfter;

    private TimeLimit(LongSupplier nanos, Duration within, Duration clientGivesUpAfter) {
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
        this.within = within;
        this.clientGivesUpAfter = clientGivesUpAfter;
    }

    /**
     * From now on.
     *
     * @param clientGivesUpAfter how long the client waits by itself; zero if that is not known
     * @throws IllegalArgumentException if that is less than a millisecond
     */
    static TimeLimit within(Duration within, LongSupplier nanos, Duration clientGivesUpAfter) {
        if (within.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("within " + within + "; at least a millisecond");
        }
        return new TimeLimit(nanos, within, clientGivesUpAfter);
    }

    /** What the next request is sent with; once the time is over the SDK is left a millisecond to say so. */
    @Nullable
    AwsRequestOverrideConfiguration next() {
        if (within.isZero()) {
            return null;
        }
        Duration left = within.minusNanos(nanos.getAsLong() - begin);
        if (!clientGivesUpAfter.isZero() && clientGivesUpAfter.compareTo(left.plus(SLACK)) <= 0) {
            return null; // a timer of the SDK's takes a tenth of what an invocation takes
        }
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(left.compareTo(LEAST) < 0 ? LEAST : left)
                .build();
    }
}
