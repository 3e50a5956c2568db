package io.durablesaga;

/**
 * The view inside a {@code forEach}.
 *
 * @param <I> the type of the saga's input
 * @param <T> the type of the item
 */
public interface ItemView<I, T> extends View<I> {
    /** The item that this pass is for. */
    T item();
}
