package io.durablesaga.testing.fault;

import java.util.Locale;

/** One thing that goes wrong, once, without being anybody's decision. */
public enum Fault {
    /** The process dies. Nothing it still does is recorded or has an effect. */
    CRASH,
    /** A record is written, and its writer is told that it failed. */
    ACK_LOST,
    /** The connection breaks before a record is sent. */
    CLIENT_ERROR,
    /** A record is refused because the engine's store is busy. */
    THROTTLED,
    /** A record is refused because another incarnation has taken over. */
    STALE_TOKEN,
    /** An incarnation is superseded in the middle of a body, which goes on: its effect lands after everything else. */
    ZOMBIE,
    /** Somebody wakes the execution too early, or the timer comes far too late. */
    TIMER_SKEW,
    /** A callback is completed before its sender has been told so, twice, or as it times out. */
    CALLBACK_RACE,
    /** The process dies, and the next one has another definition under the same name: it must halt. */
    REDEFINED;

    /** Whether it can happen at such a place. */
    public boolean happensAt(Place place) {
        Place.Kind kind = place.kind();
        return switch (this) {
            case CRASH -> kind != Place.Kind.SKEW && kind != Place.Kind.ANSWER;
            case ACK_LOST, CLIENT_ERROR, THROTTLED, STALE_TOKEN -> kind == Place.Kind.WRITE;
            case ZOMBIE -> kind == Place.Kind.BODY || kind == Place.Kind.EFFECT;
            case TIMER_SKEW -> kind == Place.Kind.SKEW;
            case CALLBACK_RACE -> kind == Place.Kind.ANSWER;
            case REDEFINED -> kind == Place.Kind.AFTER_WRITE;
        };
    }

    /** As schedules spell it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
