package io.durablesaga.dispatcher;

/**
 * For which records, once their execution is accepted, the engine is asked how it stands. Where a {@linkplain Dispatch#guard start
 * guard} remembers the start of one, it is asked for those that come for the first time too.
 */
public enum LookUp {
    /** Those of which the source says that they come again, and dead letters. */
    AGAIN,
    /** All: one more request for each, and what streams replay is judged too. */
    ALWAYS,
    /** None: what comes again is acknowledged, however its execution has ended, also what a start guard remembers. */
    NEVER
}
