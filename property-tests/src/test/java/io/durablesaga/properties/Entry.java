package io.durablesaga.properties;

import org.jspecify.annotations.Nullable;

/**
 * One thing that really happened.
 *
 * @param process which process it happened in, from 1
 * @param execution the name of the execution
 * @param body the body, where it is about one
 * @param detail what else there is to say
 */
record Entry(
        What what, int process, String execution, @Nullable Body body, String detail) {
    /** What it was. */
    enum What {
        /** A body was attempted. */
        RUN,
        /** An effect was applied for the first time. */
        EFFECT,
        /** A record became durable; of an outcome, the body is the one it is of. */
        DURABLE,
        /** Something planned went wrong. */
        CRASH,
        /** Somebody outside did something, or a process began. */
        OUTSIDE
    }

    boolean ran(Body other) {
        return what == What.RUN && other.equals(body);
    }

    @Override
    public String toString() {
        return switch (what) {
            case RUN -> body + " " + detail;
            case EFFECT -> body + " has its effect";
            case DURABLE -> "durable: " + detail;
            case CRASH -> "*** " + detail;
            case OUTSIDE -> "--- " + detail;
        };
    }
}
