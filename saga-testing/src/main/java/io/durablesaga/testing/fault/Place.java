package io.durablesaga.testing.fault;

import java.util.Locale;

/**
 * Where in a run something can go wrong, by what happens there; with the name of the operation and a count it makes a
 * {@link Point}.
 */
public enum Place {
    /** The body of an action or undo is about to run; its start is durable. */
    BODY(Kind.BODY),
    /** The body has had its effect and has not returned. */
    EFFECT(Kind.EFFECT),
    /** A fenced service is about to be called. */
    CALL(Kind.BEFORE_CALL),
    /** A fenced service has been called. */
    CALLED(Kind.AFTER_CALL),
    /** An attempt is about to be recorded as started. */
    START(Kind.WRITE),
    /** An outcome is about to be recorded. */
    RECORD(Kind.WRITE),
    /** An outcome is recorded. */
    RECORDED(Kind.AFTER_WRITE),
    /** A failed attempt or an empty look is about to be recorded, and another one to follow. */
    RETRY(Kind.WRITE),
    /** A failed attempt or an empty look is recorded. */
    RETRIED(Kind.AFTER_WRITE),
    /** A sleep, a callback or an invocation is about to be recorded. */
    OPEN(Kind.WRITE),
    /** A sleep, a callback or an invocation is recorded. */
    OPENED(Kind.AFTER_WRITE),
    /** The end of the execution is about to be recorded. */
    END(Kind.WRITE),
    /** The execution is suspended, waiting for what the point names. */
    WAIT(Kind.WAIT),
    /** Half of the wait is over. */
    EARLY(Kind.SKEW),
    /** Ten times the wait is over. */
    LATE(Kind.SKEW),
    /** Within the body that sends the callback's id out. */
    ANSWER_EARLY(Kind.ANSWER),
    /** The callback has been answered. */
    ANSWER_TWICE(Kind.ANSWER),
    /** The callback times out. */
    ANSWER_LATE(Kind.ANSWER);

    /** Places at which the same things can go wrong. */
    public enum Kind {
        /** Before a body. */
        BODY,
        /** After an effect. */
        EFFECT,
        /** Before a call of a service. */
        BEFORE_CALL,
        /** After a call of a service. */
        AFTER_CALL,
        /** Before a record. */
        WRITE,
        /** After a record. */
        AFTER_WRITE,
        /** Suspended. */
        WAIT,
        /** A moment at which nothing is due, or much more than that. */
        SKEW,
        /** A callback being answered. */
        ANSWER
    }

    private final Kind kind;

    Place(Kind kind) {
        this.kind = kind;
    }

    /** What can go wrong there. */
    public Kind kind() {
        return kind;
    }

    /** As schedules spell it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
