package io.durablesaga;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an undo is told of the action it undoes. The result is empty where the outcome is unknown: the effect may exist, may
 * not, or may still be on its way, so an undo tolerates "nothing to undo" and "already undone".
 *
 * @param actionKey the idempotency key that the action used
 * @param result what the action yielded, or what {@code finding} found
 * @param <R> what the action yields
 */
public record Effect<R extends @Nullable Object>(String actionKey, Optional<R> result) {
    /** Both parts are required. */
    public Effect {
        Objects.requireNonNull(actionKey, "actionKey");
        Objects.requireNonNull(result, "result");
    }
}
