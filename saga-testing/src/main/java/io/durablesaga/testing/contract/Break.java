package io.durablesaga.testing.contract;

import io.durablesaga.testing.engine.RecordGate;
import io.durablesaga.testing.engine.RecordGate.WriteFailed;

/**
 * One durable write, and what goes wrong with it.
 *
 * @param way what goes wrong
 * @param point what the write records, as {@link RecordPoints} names it
 */
record Break(Way way, String point) {

    /** What goes wrong with a write. */
    enum Way {
        /** The process dies, and nothing is written. */
        DIES_BEFORE("the process dies before", RecordGate.How.CONNECTION_LOST),
        /** It is written, and the process dies before it knows. */
        DIES_AFTER("the process dies after", RecordGate.How.CONNECTION_LOST),
        /** The store is busy, and nothing is written. */
        THROTTLED("throttled before", RecordGate.How.THROTTLED),
        /** The connection breaks, and nothing is written. */
        LOST("connection lost before", RecordGate.How.CONNECTION_LOST),
        /** It is written, and the connection breaks before the writer knows. */
        UNACKNOWLEDGED("connection lost after", RecordGate.How.CONNECTION_LOST);

        private final String words;
        private final RecordGate.How how;

        Way(String words, RecordGate.How how) {
            this.words = words;
            this.how = how;
        }

        boolean isDeath() {
            return this == DIES_BEFORE || this == DIES_AFTER;
        }

        boolean isBefore() {
            return this != DIES_AFTER && this != UNACKNOWLEDGED;
        }

        WriteFailed failure() {
            return new WriteFailed(how);
        }
    }

    @Override
    public String toString() {
        return way.words + " " + point;
    }
}
