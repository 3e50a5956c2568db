package io.durablesaga.testing.exploration;

import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.fault.Place;
import io.durablesaga.testing.fault.Point;
import io.durablesaga.testing.fault.Schedule;
import io.durablesaga.testing.rehearsal.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an exploration has seen so far. Thread-safe. */
final class Findings {
    private final Map<Fault, Long> fired = new EnumMap<>(Fault.class);
    private final Map<String, Map<Place, Set<Integer>>> points = new LinkedHashMap<>();
    private final List<Found> found = new ArrayList<>();
    private final Map<Schedule, Long> extensions = new HashMap<>();
    private final Map<Integer, Depth> depths = new TreeMap<>();
    private long runs;
    private long sampled;
    private @Nullable Found first;

    /** What was found, and how early in the order of exploration it comes. */
    record Found(long at, Counterexample counterexample) {}

    /** Schedules of so many faults: how many exist, and how many were played. */
    record Depth(long existing, long explored) {
        Depth and(long moreExisting, long moreExplored) {
            return new Depth(existing + moreExisting, explored + moreExplored);
        }
    }

    synchronized void ran(Outcome outcome) {
        runs++;
        List<Schedule.Injected> happened = new ArrayList<>(outcome.schedule().faults());
        outcome.missed().forEach(happened::remove);
        happened.forEach(injected -> fired.merge(injected.fault(), 1L, Long::sum));
    }

    synchronized void exist(int depth, long schedules) {
        depths.merge(depth, new Depth(schedules, 0), (known, more) -> known.and(more.existing(), 0));
    }

    /**
     * So many schedules go on from this one with one more fault. The last run of it counts: where an engine does several things at a
     * time, another run of the same schedule may come by other points.
     */
    synchronized void exist(Schedule prefix, long schedules) {
        Long before = extensions.put(prefix, schedules);
        exist(prefix.faults().size() + 1, schedules - (before == null ? 0 : before));
    }

    synchronized void explored(int depth) {
        depths.merge(depth, new Depth(0, 1), (known, more) -> known.and(0, 1));
    }

    synchronized void point(Point point) {
        points.computeIfAbsent(point.operation(), operation -> new EnumMap<>(Place.class))
                .computeIfAbsent(point.place(), place -> new TreeSet<>())
                .add(point.occurrence());
    }

    synchronized void found(long at, Counterexample counterexample) {
        Found one = new Found(at, counterexample);
        found.add(one);
        if (first == null || at < first.at()) {
            first = one;
        }
    }

    /** Whether something has been found that comes here or before. */
    synchronized boolean foundBy(long at) {
        return first != null && first.at() <= at;
    }

    synchronized Optional<Counterexample> first() {
        return found.stream().min(Comparator.comparingLong(Found::at)).map(Found::counterexample);
    }

    synchronized void sampled() {
        sampled++;
    }

    synchronized long samples() {
        return sampled;
    }

    synchronized Map<Integer, Depth> depths() {
        return new TreeMap<>(depths);
    }

    synchronized Map<Fault, Long> fired() {
        return new EnumMap<>(fired);
    }

    /** Where one fault was tried: how many times a run comes by each place, by operation in the order of the saga. */
    synchronized Map<String, Map<Place, Integer>> points() {
        Map<String, Map<Place, Integer>> counts = new LinkedHashMap<>();
        points.forEach((operation, places) -> {
            Map<Place, Integer> times = new EnumMap<>(Place.class);
            places.forEach((place, occurrences) -> times.put(place, occurrences.size()));
            counts.put(operation, times);
        });
        return counts;
    }

    synchronized long runs() {
        return runs;
    }
}
