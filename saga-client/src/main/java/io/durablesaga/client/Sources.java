package io.durablesaga.client;

/** Where time comes from: the only class of this module that asks the system for it. */
final class Sources {
    private Sources() {}

    /** Nanoseconds since whenever, for telling how much time has gone by. */
    static long nanoTime() {
        return System.nanoTime();
    }
}
