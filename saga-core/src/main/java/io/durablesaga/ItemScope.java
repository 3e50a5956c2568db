package io.durablesaga;

/**
 * What the body of a step inside a {@code forEach} sees.
 *
 * @param <I> the type of the saga's input
 * @param <T> the type of the item
 */
public interface ItemScope<I, T> extends Scope<I>, ItemView<I, T> {}
