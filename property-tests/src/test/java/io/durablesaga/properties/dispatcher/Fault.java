package io.durablesaga.properties.dispatcher;

import java.util.List;
import java.util.stream.Stream;

/** What goes wrong with one call. */
enum Fault {
    /** Nothing. */
    NONE,
    /** The engine takes no more. */
    THROTTLED,
    /** The call never arrives, and may be tried again. */
    LOST,
    /** It is carried out, and the answer never arrives. */
    ANSWER_LOST,
    /** It fails, and trying again does not help. */
    FORBIDDEN,
    /** It is carried out, and what is answered helps no more than that. */
    FORBIDDEN_AFTER,
    /** Somebody breaks a promise and throws. */
    THROWN,
    /** And has done it nevertheless. */
    THROWN_AFTER,
    /** It is carried out when the invocation has ended. */
    LATE,
    /** It hangs until the invocation has ended, and was lost. */
    NEVER,
    /** The thread that waits for the batch is interrupted. */
    INTERRUPTED,
    /** The process dies before the call is carried out. */
    DIES_BEFORE,
    /** The process dies after. */
    DIES_AFTER;

    private static final List<Fault> QUICK = List.of(
            THROTTLED,
            LOST,
            ANSWER_LOST,
            FORBIDDEN,
            FORBIDDEN_AFTER,
            THROWN,
            THROWN_AFTER,
            INTERRUPTED,
            DIES_BEFORE,
            DIES_AFTER);

    /** Of starts; those that take their time are half as likely as the others. */
    static final List<Fault> OF_STARTS = Stream.of(Stream.of(LATE, NEVER), QUICK.stream(), QUICK.stream())
            .flatMap(faults -> faults)
            .toList();

    /** Of questions how an execution stands. */
    static final List<Fault> OF_QUESTIONS = List.of(THROTTLED, LOST, FORBIDDEN, THROWN, DIES_BEFORE);

    /** Of dead letters and the start guard. */
    static final List<Fault> OF_WRITES = List.of(THROWN, THROWN, THROWN_AFTER, DIES_BEFORE, DIES_AFTER);

    /** Of answers on their way back. */
    static final List<Fault> OF_ANSWERS = List.of(ANSWER_LOST);
}
