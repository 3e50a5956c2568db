package io.durablesaga.dispatcher.lambda;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a handler does beside dispatching.
 *
 * @param reserve how long before the invocation's end it answers, whatever is undecided then; at most a quarter of the time there is.
 *     An invocation that times out returns nothing, so that all its records come again
 * @param metrics takes one line of JSON for each batch, in CloudWatch's embedded metric format
 */
public record Handling(Duration reserve, Consumer<String> metrics) {
    private static final Duration LONGEST_INVOCATION = Duration.ofMinutes(15);

    /** Two seconds, and metrics on the standard output, where Lambda takes them from. */
    public static final Handling STANDARD = new Handling(Duration.ofSeconds(2), line -> System.out.println(line));

    /** Both are required; the reserve is not negative, and no longer than an invocation. */
    public Handling {
        Objects.requireNonNull(metrics, "metrics");
        if (reserve.isNegative()) {
            throw new IllegalArgumentException("reserve: " + reserve + "; not negative");
        }
        if (reserve.compareTo(LONGEST_INVOCATION) > 0) {
            throw new IllegalArgumentException("reserve: " + reserve + "; at most " + LONGEST_INVOCATION);
        }
    }

    /** With this reserve. */
    public Handling reserve(Duration newReserve) {
        return new Handling(newReserve, metrics);
    }

    /** With metrics to here. */
    public Handling metrics(Consumer<String> newMetrics) {
        return new Handling(reserve, newMetrics);
    }

    /** Without metrics. */
    public Handling withoutMetrics() {
        return metrics(line -> {});
    }
}
