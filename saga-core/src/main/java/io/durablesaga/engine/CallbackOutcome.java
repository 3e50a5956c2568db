package io.durablesaga.engine;

/** How a callback ended. */
public sealed interface CallbackOutcome {
    /** Somebody completed it with this payload, as sent: JSON or not. */
    record Completed(String payload) implements CallbackOutcome {}

    /** Somebody failed it. */
    record Failed(String error) implements CallbackOutcome {}

    /** Nobody completed it in time, or a heartbeat was missed. */
    record TimedOut(boolean heartbeat) implements CallbackOutcome {}
}
