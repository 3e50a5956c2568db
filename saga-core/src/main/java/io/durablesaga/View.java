package io.durablesaga;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What orchestration may look at: the input and the results recorded so far. Lambdas that get only a view (predicates, item
 * lists, mappers) run again on every replay and must be pure.
 *
 * @param <I> the type of the saga's input
 */
public interface View<I> {
    /** The input of the saga that this node belongs to. */
    I input();

    /**
     * The result of a node that has completed, as read back from its record.
     *
     * @throws IllegalStateException if that node has not completed here, or, past the pivot, a person has skipped or resolved it; the
     *     message names it
     */
    <R extends @Nullable Object> R result(StepKey<R> key);

    /** The result of a node, or empty if it has not completed (or completed with null, or a person settled it). */
    <R> Optional<R> find(StepKey<R> key);

    /** The results of a step inside a {@code forEach}, by item key, in item order; only items that completed it. */
    <R> Map<String, R> results(StepKey<R> key);
}
