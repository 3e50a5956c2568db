package io.durablesaga.idempotency;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to do where an earlier claim was neither completed nor released: the effect may have happened, may not have, or may still
 * be on its way. No store can tell, so the effect must say what is right for it.
 *
 * @param <R> what the effect yields
 */
public sealed interface OnUnknown<R extends @Nullable Object> {
    /** Have the effect again: right where a second time does no harm. */
    static <R extends @Nullable Object> OnUnknown<R> again() {
        return new Again<>();
    }

    /**
     * Look the effect up where it happens: what is found is recorded as its result. Where nothing is found it is had again, so
     * this is right only where a request that is not found will not arrive later. An effect that yields {@code null} cannot be
     * found: give it a result.
     */
    static <R extends @Nullable Object> OnUnknown<R> lookUp(Finder<R> finder) {
        return new LookUp<>(Objects.requireNonNull(finder, "finder"));
    }

    /** Have it not: fail with {@link EffectUnknown}, now and whenever it is asked for, until somebody undoes it, or completes or releases its claim. */
    static <R extends @Nullable Object> OnUnknown<R> stop() {
        return new Stop<>();
    }

    /** Looks an effect up. */
    @FunctionalInterface
    interface Finder<R extends @Nullable Object> {
        /** What the effect has yielded, or empty if it has not happened. */
        Optional<R> find() throws Exception;
    }

    /** See {@link #again()}. */
    record Again<R extends @Nullable Object>() implements OnUnknown<R> {}

    /** See {@link #lookUp}. */
    record LookUp<R extends @Nullable Object>(Finder<R> finder) implements OnUnknown<R> {}

    /** See {@link #stop()}. */
    record Stop<R extends @Nullable Object>() implements OnUnknown<R> {}
}
