package io.durablesaga.engine;

/** What became of an attempt to complete, fail or prolong a callback. */
public enum CallbackAnswer {
    /** It counts. */
    ACCEPTED,
    /** The callback had been completed or failed before; this one changes nothing. */
    DUPLICATE,
    /** The callback had timed out, or its execution had ended; this one changes nothing. */
    LATE,
    /** There is no such callback. */
    UNKNOWN
}
