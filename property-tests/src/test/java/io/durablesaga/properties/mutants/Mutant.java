package io.durablesaga.properties.mutants;

import java.util.List;

/**
 * Something deliberately wrong.
 *
 * @param name what it is called
 * @param wrong what it does wrong
 * @param patches how it becomes so; none where it is the saga that is wrong
 * @param plays the explorations one of which must catch it, the smallest first
 */
record Mutant(String name, String wrong, List<Patch> patches, List<Play> plays) {
    Mutant {
        patches = List.copyOf(patches);
        plays = List.copyOf(plays);
    }

    /** A saga that its user has written wrongly. */
    static Mutant saga(String name, String wrong, Play play) {
        return new Mutant(name, wrong, List.of(), List.of(play));
    }

    /** The library as it would be with one change. */
    static Mutant of(String name, String wrong, Patch patch, Play... plays) {
        return new Mutant(name, wrong, List.of(patch), List.of(plays));
    }

    /** The library as it would be with several changes. */
    static Mutant of(String name, String wrong, List<Patch> patches, Play... plays) {
        return new Mutant(name, wrong, patches, List.of(plays));
    }
}
