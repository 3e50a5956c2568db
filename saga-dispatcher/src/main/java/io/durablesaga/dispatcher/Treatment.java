package io.durablesaga.dispatcher;

/** What is done with a record. */
public enum Treatment {
    /** The source may forget it. */
    ACKNOWLEDGE,
    /** The source delivers it again, and puts it away by its own rules when that does not help. */
    RETURN,
    /** It is handed to the dead letters and acknowledged; without dead letters, or if they do not take it, it is returned. */
    DEAD_LETTER,
    /** Its saga is started anew, under the next name. */
    NEXT_ATTEMPT
}
