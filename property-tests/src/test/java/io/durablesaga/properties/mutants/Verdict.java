package io.durablesaga.properties.mutants;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a mutant.
 *
 * @param name the mutant's
 * @param play the exploration that caught it, or the last one that did not
 * @param found what the exploration found
 * @param runs how many runs there were until then, over all its plays
 * @param millis how long it took, compiling included
 */
record Verdict(String name, Play play, Map<String, String> found, long runs, long millis) {

    /** The counterexample, if the mutant was caught. */
    Optional<String> counterexample() {
        return Optional.ofNullable(found.get(Trial.COUNTEREXAMPLE));
    }

    boolean caught() {
        return counterexample().isPresent();
    }

    /** One line: by what it was caught, what did not hold, and what it took. */
    @Override
    public String toString() {
        String how = caught()
                ? "caught by " + play.text() + " under " + found.get(Trial.SCHEDULE) + ": "
                        + found.get(Trial.INVARIANTS)
                : "SURVIVED";
        return String.format(Locale.ROOT, "%-56s %s (%d runs, %d ms)", name, how, runs, millis);
    }
}
