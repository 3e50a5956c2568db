package io.durablesaga;

/**
 * What the body of a step sees: the view, and the key that makes its effect happen once.
 *
 * @param <I> the type of the saga's input
 */
public interface Scope<I> extends View<I> {
    /**
     * The idempotency key of this step in this direction: the same on every attempt and replay, another for every other
     * execution. ASCII, at most 64 characters, without payload.
     */
    String key();

    /** Which attempt this is, from 1. */
    int attempt();

    /** Where this step stands, items included: {@code rooms[12]/reserve}. For logs and for those who watch. */
    String path();

    /** The name the execution was started under. */
    String executionName();
}
