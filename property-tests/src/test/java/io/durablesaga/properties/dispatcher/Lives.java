package io.durablesaga.properties.dispatcher;

import java.util.Optional;

/** Plays lives of an event source, the same ones each time, until one goes wrong. */
public final class Lives {
    private static final int LETTERS = 20;
    private static final int FAULTS = 10;

    private Lives() {}

    /**
     * What was found.
     *
     * @param lives how many were played
     * @param wrong the first that went wrong
     */
    public record Found(int lives, Optional<Wrong> wrong) {}

    /**
     * A life that went wrong.
     *
     * @param seed which one it is
     * @param what in short
     * @param story in full
     */
    public record Wrong(long seed, String what, String story) {}

    /** Plays at most so many lives of the source of this name. */
    public static Found play(String source, int most) {
        for (int seed = 1; seed <= most; seed++) {
            Plan plan = Plan.of(Source.valueOf(source), seed, LETTERS, FAULTS);
            Run.Happened happened = Run.of(plan);
            if (!happened.problems().isEmpty()) {
                String first = happened.problems().get(0);
                String what = first.contains(": ") ? first.substring(0, first.indexOf(": ")) : first;
                return new Found(seed, Optional.of(new Wrong(seed, what, Run.told(plan, happened))));
            }
        }
        return new Found(most, Optional.empty());
    }
}
