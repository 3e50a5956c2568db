package io.durablesaga.dispatcher;

/** What a source says of whether a record has come before. */
public enum Arrival {
    /** For the first time. */
    FIRST,
    /** Not for the first time: an execution of its name may have been started, and have ended, before. */
    AGAIN,
    /** The source does not say, as streams do not. */
    UNMARKED
}
