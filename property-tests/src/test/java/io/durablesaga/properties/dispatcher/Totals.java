package io.durablesaga.properties.dispatcher;

import io.durablesaga.dispatcher.Outcome;
import io.durablesaga.properties.dispatcher.Plan.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what random lives have come by, so that those in which nothing happened do not pass. */
final class Totals {
    /** What so many lives of each source have come by, but for a few in a million. */
    private static final int ENOUGH = 40;

    private static final double LEAST_SHARE_FIRED = 0.8;

    private final Map<Source, Integer> lives = new TreeMap<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<String, Integer> fired = new TreeMap<>();
    private int letters;
    private int invocations;
    private int planned;
    private int cameAbout;
    private boolean failed;

    void add(Plan plan, Run.Happened happened) {
        failed |= !happened.problems().isEmpty();
        lives.merge(plan.source(), 1, Integer::sum);
        letters += plan.letters().size();
        invocations += happened.invocations();
        planned += happened.planned();
        cameAbout += happened.fired().size();
        happened.fired().forEach(fault -> fired.merge(fault, 1, Integer::sum));
        happened.outcomes().forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
    }

    /** What should have been seen and was not; nothing is said of few lives, or of failed ones, which are not all there are. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        boolean few =
                lives.size() < Source.values().length || lives.values().stream().anyMatch(count -> count < ENOUGH);
        if (failed || few) {
            return missing;
        }
        if (cameAbout < LEAST_SHARE_FIRED * planned) {
            missing.add("only " + cameAbout + " of " + planned + " planned faults came about");
        }
        for (Outcome outcome : Outcome.values()) {
            if (!outcomes.containsKey(outcome.name())) {
                missing.add(outcome.name());
            }
        }
        for (Place place : Place.values()) {
            place.faults().stream()
                    .map(fault -> place + " " + fault)
                    .filter(fault -> !fired.containsKey(fault))
                    .distinct()
                    .forEach(missing::add);
        }
        return missing;
    }

    @Override
    public String toString() {
        return "dispatched lives: " + lives + ", records sent: " + letters + ", invocations: " + invocations
                + "\nfaults: " + cameAbout + " of " + planned + " planned, " + fired
                + "\noutcomes: " + outcomes;
    }
}
