package io.durablesaga.testing.exploration;

import io.durablesaga.testing.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an exploration has seen, what it has left out, and what it has found. */
public final class Report {
    private final Map<Integer, Findings.Depth> depths;
    private final long runs;
    private final Map<Fault, Long> fired;
    private final Map<String, List<String>> points;
    private final List<String> leftOut;
    private final @Nullable Counterexample counterexample;
    private final long nanos;

    Report(
            Map<Integer, Findings.Depth> depths,
            long runs,
            Map<Fault, Long> fired,
            Map<String, List<String>> points,
            List<String> leftOut,
            @Nullable Counterexample counterexample,
            long nanos) {
        this.depths = Map.copyOf(depths);
        this.runs = runs;
        this.fired = Map.copyOf(fired);
        this.points = Map.copyOf(points);
        this.leftOut = List.copyOf(leftOut);
        this.counterexample = counterexample;
        this.nanos = nanos;
    }

    /** How many schedules of this many faults exist, as far as is known; their number grows as shorter ones are played. */
    public long existing(int faults) {
        return depth(faults).existing();
    }

    /** How many schedules of this many faults were played. */
    public long explored(int faults) {
        return depth(faults).explored();
    }

    private Findings.Depth depth(int faults) {
        return Objects.requireNonNullElse(depths.get(faults), new Findings.Depth(0, 0));
    }

    /** How many runs there were. */
    public long runs() {
        return runs;
    }

    /** How often each fault really happened. */
    public Map<Fault, Long> fired() {
        return fired;
    }

    /** The points where one fault was tried, by operation. */
    public Map<String, List<String>> points() {
        return points;
    }

    /** What was not explored, and why; never silent. */
    public List<String> leftOut() {
        return leftOut;
    }

    /** How long it took. */
    public Duration took() {
        return Duration.ofNanos(nanos);
    }

    /** The shortest schedule under which something did not hold, if there is one. */
    public Optional<Counterexample> counterexample() {
        return Optional.ofNullable(counterexample);
    }
}
