package io.durablesaga.properties;

/** What only the run itself can tell: which attempt it was. Crashes add attempts, and whether they do is up to the engine. */
@FunctionalInterface
interface Facts {
    /** The number of the last attempt of a body that rejected, before a person has said "again". */
    int rejectingAttempt(Body body);
}
