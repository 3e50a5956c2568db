package io.durablesaga.properties;

import io.durablesaga.properties.Expected.Ending;
import io.durablesaga.properties.Expected.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts what random runs have come by, so that runs in which nothing happened do not pass. */
final class Tally {
    /** What any run of this many sagas has come by, but for one in a million. */
    static final int ENOUGH = 500;

    private static final double LEAST_SHARE_FIRED = 0.8;

    private static final List<String> VOCABULARY = List.of(
            "step capture par par-undo branch each undo-parallel when then otherwise throws sleep poll finds rejects",
            "await answered failed never heartbeat nested invoke pivot refuse returning within replays holding finding",
            "parked retry skip resolved nothing irreversible nothing-to-undo fail-before fail-after always-fail-before",
            "always-fail-after reject decline too-large");

    private final Map<String, Integer> runs = new TreeMap<>();
    private final Map<Status, Integer> statuses = new EnumMap<>(Status.class);
    private final Map<String, Integer> words = new TreeMap<>();
    private final Map<String, Integer> crashes = new TreeMap<>();
    private final Set<String> shapes = new HashSet<>();
    private int planned;
    private int fired;
    private int deaths;
    private boolean failed;

    void add(Engine engine, Plan plan, Trial trial) {
        failed |= !trial.problems().isEmpty();
        runs.merge(engine.name(), 1, Integer::sum);
        Ending ending = trial.expected().root();
        statuses.merge(ending.status(), 1, Integer::sum);
        shapes.add(Shape.of(plan.saga()));
        for (String word : plan.saga().toString().split("[^a-z-]+", -1)) {
            if (word.length() > 2) {
                words.merge(word, 1, Integer::sum);
            }
        }
        planned += plan.crashes().size();
        for (Crash crash : trial.outcome().faults().fired()) {
            fired++;
            deaths += crash.deadly() ? 1 : 0;
            crashes.merge(kind(crash), 1, Integer::sum);
        }
    }

    private static String kind(Crash crash) {
        return crash instanceof Crash.AtWrite atWrite
                ? kind(atWrite.how())
                : "in a body, " + (((Crash.InBody) crash).afterEffect() ? "after" : "before");
    }

    private static String kind(Crash.How how) {
        return "at a write, " + how.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What should have been seen and was not; nothing is said of few runs, or of failed ones, which are not all there are. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (failed || sagas() < ENOUGH) {
            return missing;
        }
        if (fired < LEAST_SHARE_FIRED * planned) {
            missing.add("I8: only " + fired + " of " + planned + " planned crashes came about");
        }
        Stream<String> kinds = Stream.concat(
                Arrays.stream(Crash.How.values()).map(Tally::kind), Stream.of("in a body, after", "in a body, before"));
        kinds.filter(kind -> !crashes.containsKey(kind)).forEach(missing::add);
        Arrays.stream(Status.values())
                .filter(status -> !statuses.containsKey(status))
                .forEach(status -> missing.add(status.toString()));
        Engine.ALL.stream()
                .map(Engine::name)
                .filter(name -> !runs.containsKey(name))
                .forEach(missing::add);
        VOCABULARY.stream()
                .flatMap(line -> Stream.of(line.split(" ", -1)))
                .filter(word -> !words.containsKey(word))
                .forEach(missing::add);
        return missing;
    }

    private int sagas() {
        return runs.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public String toString() {
        return "random sagas: " + sagas() + " " + runs + ", distinct shapes: " + shapes.size() + ", ended " + statuses
                + "\ncrashes: " + fired + " of " + planned + " planned, "
                + Math.round(100.0 * fired / Math.max(1, planned))
                + " %, " + crashes + "; processes that died: " + deaths
                + "\nseen: " + words;
    }
}
