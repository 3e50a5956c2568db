package io.durablesaga.properties;

import java.util.Locale;

/** Something that goes wrong with the process or its store, and where. */
sealed interface Crash {
    /** Whether it ends the process. */
    boolean deadly();

    /** The process dies while this body runs for the n-th time. */
    record InBody(Body body, int run, boolean afterEffect) implements Crash {
        @Override
        public boolean deadly() {
            return true;
        }

        @Override
        public String toString() {
            return "dies in run " + run + " of " + body + (afterEffect ? " after" : " before") + " its effect";
        }
    }

    /** The n-th durable write goes wrong. */
    record AtWrite(int write, How how) implements Crash {
        @Override
        public boolean deadly() {
            return how == How.DIES_BEFORE || how == How.DIES_AFTER;
        }

        @Override
        public String toString() {
            return "write " + write + " " + how.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** How a write goes wrong. */
    enum How {
        DIES_BEFORE,
        DIES_AFTER,
        THROTTLED,
        CONNECTION_LOST_BEFORE,
        CONNECTION_LOST_AFTER;

        boolean before() {
            return this != DIES_AFTER && this != CONNECTION_LOST_AFTER;
        }
    }
}
