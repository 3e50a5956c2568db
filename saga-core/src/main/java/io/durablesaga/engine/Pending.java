package io.durablesaga.engine;

/**
 * An operation that has been started.
 *
 * @param <T> its outcome
 */
public interface Pending<T> {
    /** The outcome, once it is recorded. May suspend the execution by throwing, as any machinery does. */
    T get();
}
