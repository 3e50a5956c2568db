package io.durablesaga.testing.rehearsal;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in a run.
 *
 * @param incarnation in which incarnation, from 1
 * @param at when, by the engine's clock
 * @param what what it was
 * @param operation the name of the operation it happened to, or what it is about
 * @param key the idempotency key, where a body is concerned
 * @param detail anything more, for whoever reads it
 */
record Event(
        int incarnation,
        Instant at,
        What what,
        String operation,
        @Nullable String key,
        @Nullable Object detail) {

    /** What happened. */
    enum What {
        /** A body began; the detail is its attempt. */
        BEGAN("runs"),
        /** A body without effect began; the detail is its attempt. */
        LOOKED("looks"),
        /** A body has had its effect. */
        EFFECT("has its effect"),
        /** A body returned. */
        RETURNED("returns"),
        /** A body threw; the detail is what. */
        THREW("throws"),
        /** A record is durable; the detail is a {@link Durable}. */
        RECORDED("is recorded"),
        /** A planned fault happened. */
        FAULT("FAULT"),
        /** The effect of a superseded incarnation arrived. */
        LANDED("LANDS LATE"),
        /** Somebody outside answered a callback. */
        ANSWERED("is answered"),
        /** Time passed; the detail is how much. */
        WAITED("waits"),
        /** The execution halted; the detail says why. */
        HALTED("halts"),
        /** The execution ended; the detail is how. */
        ENDED("ends");

        private final String text;

        What(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * What a record says.
     *
     * @param kind of operation
     * @param event what happened to it
     * @param attempt on which attempt
     */
    record Durable(String kind, String event, int attempt) {
        boolean outcome() {
            return event.equals("COMPLETED") || event.equals("FAILED");
        }

        @Override
        public String toString() {
            return event + (attempt > 1 ? " on attempt " + attempt : "");
        }
    }

    Durable durable() {
        return (Durable) Objects.requireNonNull(detail);
    }

    @Override
    public String toString() {
        if (what == What.FAULT) {
            return "!! " + operation;
        }
        if (detail instanceof Throwable thrown) {
            return operation + " throws " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
        }
        boolean begins = what == What.BEGAN || what == What.LOOKED;
        String more = detail == null ? "" : begins ? ", attempt " + detail : ": " + detail;
        return operation + " " + what + more;
    }
}
