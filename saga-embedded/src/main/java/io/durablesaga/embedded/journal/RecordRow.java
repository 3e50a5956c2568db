package io.durablesaga.embedded.journal;

import org.jspecify.annotations.Nullable;

/**
 * One record of an execution; records are only ever appended.
 *
 * @param seq its place among the execution's records
 * @param at when (milliseconds)
 * @param operation the operation's position: counters of the lines of control, joined by dots; empty for the execution
 * @param kind what kind of operation
 * @param name the operation's name
 * @param event what happened
 * @param attempt which attempt, from 1; of a callback that has ended: the code of its state
 * @param payload JSON of the result or failure, or the id of a callback or child
 * @param wakeAt when it goes on (milliseconds), where it waits
 */
public record RecordRow(
        long seq,
        long at,
        String operation,
        Kind kind,
        String name,
        Event event,
        int attempt,
        @Nullable String payload,
        @Nullable Long wakeAt) {

    /** Kinds of operations. The codes are part of the file format. */
    public enum Kind implements Coded {
        /** The execution itself. */
        EXECUTION(0),
        /** A forward effect. */
        ACTION(1),
        /** The undo of one. */
        UNDO(2),
        /** A recorded value. */
        CAPTURE(3),
        /** Repeated looks. */
        POLL(4),
        /** A lambda that threw. */
        FAILURE(5),
        /** A pause. */
        SLEEP(6),
        /** A callback. */
        CALLBACK(7),
        /** An invoked execution. */
        INVOKE(8);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** What happened. The codes are part of the file format. */
    public enum Event implements Coded {
        /** A new incarnation begins. */
        RESUMED(0),
        /** An attempt begins after one that may have been interrupted. */
        ATTEMPT(1),
        /** An attempt failed and another one follows. */
        RETRY(2),
        /** A look found nothing and another one follows. */
        AGAIN(3),
        /** Completed. */
        COMPLETED(4),
        /** Failed for good. */
        FAILED(5),
        /** Something is under way: a pause, a callback, an invoked execution. */
        OPENED(6);

        private final int code;

        Event(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }
}
