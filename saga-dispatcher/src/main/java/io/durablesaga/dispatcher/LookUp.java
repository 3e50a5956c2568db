package io.durablesaga.dispatcher;

/**
 * For which records, once their execution is accepted, the engine is asked how it stands. What a start guard remembers is not started
 * again, and always asked for.
 */
public enum LookUp {
    /** Those of which the source says that they come again, and dead letters. */
    AGAIN,
    /** All: one more request for each, and what streams replay is judged too. */
    ALWAYS,
    /** None: what comes again is acknowledged, however its execution has ended. */
    NEVER
}
