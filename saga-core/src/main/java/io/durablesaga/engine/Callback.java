package io.durablesaga.engine;

/** A callback that has been opened and may or may not be completed yet. */
public interface Callback extends Pending<CallbackOutcome> {
    /** What somebody outside completes it by; the same on every replay. */
    String id();
}
