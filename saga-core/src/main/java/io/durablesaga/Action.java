package io.durablesaga;

import org.jspecify.annotations.Nullable;

/**
 * The forward body of a step: one external effect. May be attempted more than once, always with the same key.
 *
 * @param <S> what the body sees
 * @param <R> what it yields
 */
@FunctionalInterface
public interface Action<S, R extends @Nullable Object> {
    /**
     * Has the effect.
     *
     * @throws Exception any failure; it leaves the outcome unknown unless the step declares its type rejected
     */
    R run(S scope) throws Exception;
}
