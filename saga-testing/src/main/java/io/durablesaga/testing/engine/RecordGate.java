package io.durablesaga.testing.engine;

import java.util.List;

/**
 * Where an engine's records meet their store: sees every durable write and may break it. Called on whatever thread writes,
 * never by two at a time. It may {@linkplain EngineUnderTest#kill() kill} the engine, and then throws as well: before the write
 * nothing is written, after it all is.
 */
public interface RecordGate {
    /** Lets everything through. */
    RecordGate OPEN = new RecordGate() {
        @Override
        public void before(List<Written> written) {}

        @Override
        public void after(List<Written> written) {}
    };

    /**
     * These are about to be written, together.
     *
     * @param written in this order; empty where only the state of an execution changes
     * @throws WriteFailed if nothing is to be written; the writer gets whatever its store throws in such a case
     */
    void before(List<Written> written);

    /**
     * These are durable, and the writer does not know yet.
     *
     * @throws WriteFailed if the acknowledgement is to be lost; the writer gets whatever its store throws in such a case
     */
    void after(List<Written> written);

    /**
     * One thing that a write records.
     *
     * @param execution the name of the execution
     * @param kind as in {@link EngineUnderTest.RecordedOperation}, or {@code EXECUTION} for the execution itself
     * @param name the operation's name; for the execution, its name
     * @param event {@code STARTED}, {@code COMPLETED}, {@code FAILED}, {@code RETRY}, {@code AGAIN}, {@code OPENED},
     *     {@code INTERRUPTED} where an engine records that an attempt was cut short, or {@code RESUMED}
     * @param attempt which attempt, from 1
     */
    record Written(String execution, String kind, String name, String event, int attempt) {}

    /** A write that the store refuses, or whose acknowledgement never comes. */
    final class WriteFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final How how;

        /** Fails in this way. */
        public WriteFailed(How how) {
            super(how.toString());
            this.how = how;
        }

        /** In which way. */
        public How how() {
            return how;
        }
    }

    /** In which way a write fails. */
    enum How {
        /** The store is busy: this incarnation ends, another one tries again. */
        THROTTLED,
        /** The connection broke, before the write or after it: the writer cannot tell which. */
        CONNECTION_LOST,
        /** The incarnation has been superseded by another one. */
        STALE
    }
}
