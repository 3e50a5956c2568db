package io.durablesaga.testing.exploration;

import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Place;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an exploration has seen, what it has left out, and what it has found. */
public final class Report {
    private final Plan plan;
    private final Map<Integer, Findings.Depth> depths;
    private final long runs;
    private final long samples;
    private final Map<Fault, Long> fired;
    private final Map<String, Map<Place, Integer>> points;
    private final List<String> leftOut;
    private final @Nullable Counterexample counterexample;
    private final Duration took;

    Report(
            Plan plan,
            Map<Integer, Findings.Depth> depths,
            long runs,
            long samples,
            Map<Fault, Long> fired,
            Map<String, Map<Place, Integer>> points,
            List<String> leftOut,
            @Nullable Counterexample counterexample,
            Duration took) {
        this.plan = plan;
        this.depths = new TreeMap<>(depths);
        this.runs = runs;
        this.samples = samples;
        this.fired = new EnumMap<>(Fault.class);
        this.fired.putAll(fired);
        this.points = new LinkedHashMap<>(points);
        this.leftOut = List.copyOf(leftOut);
        this.counterexample = counterexample;
        this.took = took;
    }

    /** How many schedules of this many faults exist, as far as is known: their number grows as shorter ones are played. */
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

    /** How much of what was to be explored in full was, rounded down: 100 only if all was. */
    public int percent() {
        long existing = 0;
        long explored = 0;
        for (int depth = 0; depth <= plan.exhaustive(); depth++) {
            existing += existing(depth);
            explored += explored(depth);
        }
        return existing == 0 ? 0 : (int) (explored * 100 / existing);
    }

    /** How many runs there were. */
    public long runs() {
        return runs;
    }

    /** How many schedules were chosen by chance. */
    public long samples() {
        return samples;
    }

    /** How often each fault really happened. */
    public Map<Fault, Long> fired() {
        return Collections.unmodifiableMap(fired);
    }

    /** Where one fault was tried: how many times runs come by each place, by operation in the order of the saga. */
    public Map<String, Map<Place, Integer>> points() {
        return Collections.unmodifiableMap(points);
    }

    /** What was not explored, and why; never silent. */
    public List<String> leftOut() {
        return leftOut;
    }

    /** How long it took. */
    public Duration took() {
        return took;
    }

    /** The shortest schedule under which something did not hold, if there is one. */
    public Optional<Counterexample> counterexample() {
        return Optional.ofNullable(counterexample);
    }

    /** In one line. */
    public String summary() {
        String depths = this.depths.entrySet().stream()
                .filter(depth -> depth.getKey() > 0)
                .map(depth -> String.format(
                        "%,d of %,d with %s",
                        depth.getValue().explored(),
                        depth.getValue().existing(),
                        depth.getKey() == 1 ? "one fault" : depth.getKey() + " faults"))
                .collect(Collectors.joining(", "));
        String sampled = samples == 0 ? "" : String.format(", %,d sampled", samples);
        return depths
                + sampled
                + String.format(", %.1f s: ", took.toMillis() / 1000.0)
                + (counterexample == null ? "nothing violated" : "VIOLATED");
    }

    /** For a person to read in a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder(summary()).append('\n');
        text.append("\nFaults that happened\n");
        fired.forEach((fault, times) -> text.append(String.format("  %-14s %,12d%n", fault.text(), times)));
        text.append("\nPoints where one fault was tried\n");
        points.forEach((operation, places) -> text.append(String.format("  %-30s %s%n", operation, line(places))));
        text.append("\nLeft out\n");
        leftOut.forEach(what -> text.append("  ").append(what).append('\n'));
        if (counterexample != null) {
            text.append("\nFound\n\n").append(counterexample).append('\n');
        }
        return text.toString();
    }

    private static String line(Map<Place, Integer> places) {
        return places.entrySet().stream()
                .map(place -> place.getKey().text() + (place.getValue() == 1 ? "" : " x" + place.getValue()))
                .collect(Collectors.joining("  "));
    }

    /** For a person to read in a browser: one page that needs nothing else. */
    public String html() {
        return Page.of(this);
    }
}
