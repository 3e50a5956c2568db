package io.durablesaga.properties;

/** What only the run itself can tell: which attempt it was. Crashes add attempts, and whether they do is up to the engine. */
@FunctionalInterface
interface Facts {
    /** The number of the first attempt of a body that rejected, after a person has said "again" this often. */
    int rejectingAttempt(Body body, int round);
}
