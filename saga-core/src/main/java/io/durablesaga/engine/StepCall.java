package io.durablesaga.engine;

import java.util.Objects;

/**
 * An operation that runs a body.
 *
 * @param kind what it is for
 * @param name the operation's name
 * @param path the node it belongs to
 * @param body one attempt; never throws what is not an {@link Error} of the engine's own
 * @param failures how many attempts may fail before the body itself reports a failure for good; for engines that count
 *     failures and interruptions together
 * @param interruptions how many crashes in the middle of an attempt are survived before the outcome is a failure; read-only
 *     bodies survive any number
 */
public record StepCall(Kind kind, String name, String path, Body body, int failures, int interruptions) {

    /** What an operation is for. */
    public enum Kind {
        /** A forward effect; fenced. */
        ACTION(true),
        /** The undo of one; fenced. */
        UNDO(true),
        /** A recorded value; read-only. */
        CAPTURE(false),
        /** A look that may be repeated many times; read-only. */
        POLL(false),
        /** The record of an orchestration lambda that threw; read-only. */
        FAILURE(false);

        private final boolean fenced;

        Kind(boolean fenced) {
            this.fenced = fenced;
        }

        /** Whether its start must be durable before its body runs. */
        public boolean fenced() {
            return fenced;
        }
    }

    /** One attempt. */
    @FunctionalInterface
    public interface Body {
        /** Runs the attempt and says what to record. */
        Reply attempt(Attempt attempt);
    }

    /** All parts are required. */
    public StepCall {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(body, "body");
    }
}
