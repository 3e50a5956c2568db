package io.durablesaga.testing.exploration;

import java.util.Objects;

/**
 * Schedules chosen by chance, for depths that cannot be explored in full.
 *
 * @param faults how many faults each has
 * @param runs how many are played
 * @param seed which ones; the same seed chooses the same
 */
public record Sampling(int faults, int runs, long seed) {
    private static final long SEED = 20_250_101L;

    /** Refuses what would sample nothing. */
    public Sampling {
        if (faults < 1) {
            throw new IllegalArgumentException("faults: " + faults + "; at least 1");
        }
        if (runs < 0) {
            throw new IllegalArgumentException("runs: " + runs + "; 0 or more");
        }
    }

    /** Many schedules of this many faults, always the same. */
    public static Sampling sampled(int faults, int runs) {
        return new Sampling(faults, runs, SEED);
    }

    /** Other ones. */
    public Sampling seed(long newSeed) {
        return new Sampling(faults, runs, newSeed);
    }

    @Override
    public String toString() {
        return Objects.toString(runs) + " of " + faults + " faults, seed " + seed;
    }
}
