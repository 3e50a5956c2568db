package io.durablesaga.testing.simulation;

import org.jspecify.annotations.Nullable;

/** What is recorded of one operation. */
final class OperationRecord {
    private final Kind kind;
    private final String name;
    private Event last = Event.OPENED;
    private int started;
    private int failures;
    private int looks;
    private boolean underWay;
    private long dueAt = Long.MIN_VALUE;
    private @Nullable String partner;
    private @Nullable Object outcome;
    private int seenBy;

    OperationRecord(Kind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    Kind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    /** An attempt begins. */
    void start() {
        last = Event.STARTED;
        started++;
        underWay = true;
    }

    /** An attempt has failed, and the next one is due then. */
    void retry(long at) {
        last = Event.RETRY;
        failures++;
        underWay = false;
        dueAt = at;
    }

    /** A look has found nothing, and the next one is due then. */
    void again(long at) {
        last = Event.AGAIN;
        looks++;
        dueAt = at;
    }

    /** A wait begins, until then at the latest, for the callback or execution of this id or name, if for any. */
    void open(long until, @Nullable String waitsFor) {
        dueAt = until;
        partner = waitsFor;
    }

    /** It has ended. */
    void end(Event how, Object withOutcome) {
        last = how;
        underWay = false;
        outcome = withOutcome;
    }

    /** How many attempts have begun; always 0 where that is not recorded. */
    int started() {
        return started;
    }

    int failures() {
        return failures;
    }

    int looks() {
        return looks;
    }

    /** Whether an attempt has begun whose outcome is not recorded. */
    boolean underWay() {
        return underWay;
    }

    long dueAt() {
        return dueAt;
    }

    /** The callback or execution that it waits for. */
    String partner() {
        return String.valueOf(partner);
    }

    /** What it ended with, or null while it has not. */
    @Nullable
    Object outcome() {
        return outcome;
    }

    /** {@code COMPLETED}, {@code FAILED} or {@code PENDING}. */
    String standing() {
        return outcome == null ? "PENDING" : last.name();
    }

    /** This incarnation has come by. */
    void see(int incarnation) {
        seenBy = incarnation;
    }

    boolean seenBy(int incarnation) {
        return seenBy == incarnation;
    }
}
