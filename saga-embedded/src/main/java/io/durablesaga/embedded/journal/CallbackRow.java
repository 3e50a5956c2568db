package io.durablesaga.embedded.journal;

import org.jspecify.annotations.Nullable;

/**
 * One callback.
 *
 * @param id what it is completed by
 * @param execution the row of its execution
 * @param path the node it belongs to
 * @param decision whether it waits for a decision
 * @param state where it stands
 * @param payload what it was completed or failed with
 * @param deadline when it times out (milliseconds)
 * @param heartbeat the longest silence (milliseconds), or null
 * @param silentAt when the silence is too long (milliseconds), or null
 */
public record CallbackRow(
        String id,
        long execution,
        String path,
        boolean decision,
        State state,
        @Nullable String payload,
        long deadline,
        @Nullable Long heartbeat,
        @Nullable Long silentAt) {

    /** Where a callback stands. The codes are part of the file format. */
    public enum State implements Coded {
        /** Nobody has completed it yet. */
        OPEN(0),
        /** Completed. */
        COMPLETED(1),
        /** Failed by whoever should have completed it. */
        FAILED(2),
        /** Nobody completed it in time. */
        TIMED_OUT(3),
        /** A heartbeat was missed. */
        SILENT(4);

        private final int code;

        State(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** When it ends by itself. */
    public long endsAt() {
        return silentAt == null ? deadline : Math.min(deadline, silentAt);
    }

    /** The same callback, ended. */
    public CallbackRow ended(State end, @Nullable String newPayload) {
        return new CallbackRow(id, execution, path, decision, end, newPayload, deadline, heartbeat, silentAt);
    }

    /** The same callback, heard of just now. */
    public CallbackRow heard(long now) {
        return heartbeat == null
                ? this
                : new CallbackRow(id, execution, path, decision, state, payload, deadline, heartbeat, now + heartbeat);
    }

    /** The same callback as it stands at this time. */
    public CallbackRow at(long now) {
        if (state != State.OPEN || now < endsAt()) {
            return this;
        }
        return ended(now >= deadline ? State.TIMED_OUT : State.SILENT, null);
    }
}
