package io.durablesaga.embedded.journal;

import org.jspecify.annotations.Nullable;

/**
 * One execution.
 *
 * @param id the row
 * @param name what it was started under
 * @param uid unique among all executions there ever are
 * @param keyPart what its idempotency keys have in common
 * @param saga the saga's name
 * @param input its input, JSON
 * @param state where it stands
 * @param wakeAt when it is due (milliseconds), {@link #WORKED_ON} while an incarnation works on it, or null
 * @param interrupted whether an incarnation died while it worked on it, so that operations may have started unrecorded
 * @param startedAt when it was started (milliseconds)
 * @param changedAt when its state last changed (milliseconds)
 * @param result its result, JSON, once it has ended
 * @param detail why it is halted or dead
 * @param parent the row of the execution that invoked it
 */
public record ExecutionRow(
        long id,
        String name,
        String uid,
        String keyPart,
        String saga,
        String input,
        State state,
        @Nullable Long wakeAt,
        boolean interrupted,
        long startedAt,
        long changedAt,
        @Nullable String result,
        @Nullable String detail,
        @Nullable Long parent) {

    /** The wake time of an execution that an incarnation works on. */
    public static final long WORKED_ON = -1;

    /** Where an execution stands. The codes are part of the file format. */
    public enum State implements Coded {
        /** An incarnation works on it, or will. */
        RUNNING(0),
        /** It holds no thread until it is due or woken. */
        WAITING(1),
        /** It waits for a person's decision. */
        PARKED(2),
        /** Its records do not match the definition. */
        HALTED(3),
        /** It has ended completed. */
        COMPLETED(4),
        /** It has ended compensated. */
        COMPENSATED(5),
        /** It has ended stuck. */
        STUCK(6);

        private final int code;

        State(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }

        /** Whether it has ended. */
        public boolean ended() {
            return this == COMPLETED || this == COMPENSATED || this == STUCK;
        }
    }

    /** The same execution in another state. */
    public ExecutionRow in(State newState, @Nullable Long newWakeAt, boolean nowInterrupted, long now) {
        return new ExecutionRow(
                id,
                name,
                uid,
                keyPart,
                saga,
                input,
                newState,
                newWakeAt,
                nowInterrupted,
                startedAt,
                now,
                result,
                null,
                parent);
    }

    /** The same execution, halted for this reason. */
    public ExecutionRow halted(String reason, boolean nowInterrupted, long now) {
        return new ExecutionRow(
                id,
                name,
                uid,
                keyPart,
                saga,
                input,
                State.HALTED,
                null,
                nowInterrupted,
                startedAt,
                now,
                result,
                reason,
                parent);
    }

    /** The same execution, ended with this result. */
    public ExecutionRow ended(State end, String newResult, long now) {
        return new ExecutionRow(
                id, name, uid, keyPart, saga, input, end, null, false, startedAt, now, newResult, null, parent);
    }
}
