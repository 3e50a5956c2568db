package io.durablesaga.result;

import java.util.Objects;

/**
 * Why a node did not complete, as it was recorded: the same on the first run and on every replay.
 *
 * @param kind what is known about its effect
 * @param type the class name of what was thrown, or a word of the library's own
 * @param message what it said, cut to {@value #LONGEST_MESSAGE} characters; may hold payload, so it is never logged
 */
public record Failure(Kind kind, String type, String message) {
    /** The most characters of a message that are kept. */
    public static final int LONGEST_MESSAGE = 4_000;

    /** What a failure says about the effect. */
    public enum Kind {
        /** There is surely no effect. */
        REJECTED,
        /** There may be an effect: a timeout, a lost answer, a crash, a result that could not be stored. */
        UNKNOWN
    }

    /** Cuts the message. */
    public Failure {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(message, "message");
        if (message.length() > LONGEST_MESSAGE) {
            // not between the halves of a character, which would be no text any more
            int end = Character.isHighSurrogate(message.charAt(LONGEST_MESSAGE - 1))
                    ? LONGEST_MESSAGE - 1
                    : LONGEST_MESSAGE;
            message = message.substring(0, end) + "…";
        }
    }

    /** A failure without effect. */
    public static Failure rejected(String type, String message) {
        return new Failure(Kind.REJECTED, type, message);
    }

    /** A failure that may have had an effect. */
    public static Failure unknown(String type, String message) {
        return new Failure(Kind.UNKNOWN, type, message);
    }

    /** The same failure, no longer sure that there was no effect. */
    public Failure asUnknown() {
        return new Failure(Kind.UNKNOWN, type, message);
    }

    /** Whether there is surely no effect. */
    public boolean rejected() {
        return kind == Kind.REJECTED;
    }
}
