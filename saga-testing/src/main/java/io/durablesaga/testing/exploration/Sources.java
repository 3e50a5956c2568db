package io.durablesaga.testing.exploration;

import java.util.SplittableRandom;

/** Where this module takes time and chance from: how long an exploration has taken, and which schedules are sampled. */
final class Sources {
    private Sources() {}

    static long nanos() {
        return System.nanoTime();
    }

    static SplittableRandom chance(long seed) {
        return new SplittableRandom(seed);
    }
}
