package io.durablesaga.dispatcher;

/** What came of a record. */
public enum Outcome {
    /** Its execution surely exists: started now, or before. */
    ACCEPTED,
    /** It came again, and its execution runs or has completed. */
    DUPLICATE,
    /** It came again, and its saga was undone as its definition says. */
    COMPENSATED,
    /** It came again, and its execution ended badly: it failed, timed out or was stopped. */
    ENDED_BADLY,
    /** It came again so late that the engine knows its execution no more; only the start guard does. */
    FORGOTTEN,
    /** Its name is in use for another payload, in the engine or in the start guard. */
    CONFLICT,
    /** It cannot be read or named. */
    POISON,
    /** It is too large, or no input of the saga. */
    REFUSED,
    /** The engine took no more for now. */
    THROTTLED,
    /** Whether its execution exists is not known: its start failed, and may have happened. It says nothing of how executions end. */
    FAILED,
    /** It was not its turn any more: time ran out, or a record before it in its group is returned. */
    NOT_REACHED
}
