package io.durablesaga.properties.mutants;

/** A service that never answers twice the same. */
interface Tosses {
    String toss();

    /** Heads first. */
    final class Counted implements Tosses {
        private int tosses;

        @Override
        public String toss() {
            tosses++;
            return tosses % 2 == 1 ? "heads" : "tails";
        }
    }
}
