package io.durablesaga.properties;

import io.durablesaga.properties.Expected.Ending;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what random runs have come by, so that a run in which nothing happened does not pass. */
final class Tally {
    private final Map<String, Integer> runs = new TreeMap<>();
    private final Map<Expected.Status, Integer> statuses = new EnumMap<>(Expected.Status.class);
    private final Map<String, Integer> words = new TreeMap<>();
    private final Map<String, Integer> fired = new TreeMap<>();
    private final Set<String> shapes = new HashSet<>();
    private int plannedCrashes;
    private int firedCrashes;
    private int processes;

    void add(Engine engine, Plan plan, Ending ending, Faults faults) {
        runs.merge(engine.name(), 1, Integer::sum);
        statuses.merge(ending.status(), 1, Integer::sum);
        shapes.add(Shape.of(plan.saga()));
        for (String word : plan.saga().toString().split("[^a-z-]+", -1)) {
            if (word.length() > 2) {
                words.merge(word, 1, Integer::sum);
            }
        }
        plannedCrashes += plan.crashes().size();
        firedCrashes += faults.fired().size();
        for (Crash crash : faults.fired()) {
            fired.merge(kind(crash), 1, Integer::sum);
            processes += crash.deadly() ? 1 : 0;
        }
    }

    private static String kind(Crash crash) {
        return crash instanceof Crash.AtWrite atWrite
                ? "write " + atWrite.how().name().toLowerCase(java.util.Locale.ROOT)
                : "in body " + (((Crash.InBody) crash).afterEffect() ? "after" : "before");
    }

    int sagas() {
        return runs.values().stream().mapToInt(Integer::intValue).sum();
    }

    double firedShare() {
        return plannedCrashes == 0 ? 1 : (double) firedCrashes / plannedCrashes;
    }

    Map<String, Integer> runs() {
        return runs;
    }

    Map<Expected.Status, Integer> statuses() {
        return statuses;
    }

    Map<String, Integer> words() {
        return words;
    }

    Map<String, Integer> firedKinds() {
        return fired;
    }

    @Override
    public String toString() {
        return "random sagas: " + sagas() + " " + runs + ", distinct shapes: " + shapes.size() + ", ended: " + statuses
                + "\ncrashes: " + firedCrashes + " of " + plannedCrashes + " planned "
                + Math.round(firedShare() * 100) + "%, processes that died: " + processes + ", by kind: " + fired
                + "\nseen: " + words;
    }
}
