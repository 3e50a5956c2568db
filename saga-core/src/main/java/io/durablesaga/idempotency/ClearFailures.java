package io.durablesaga.idempotency;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Which failures say clearly that there was no effect.
 *
 * @param released those after which the effect may be had later
 * @param settled those after which it never will be
 */
record ClearFailures(List<Class<? extends Exception>> released, List<Class<? extends Exception>> settled) {
    ClearFailures releasing(Class<? extends Exception> failure) {
        return new ClearFailures(both(released, failure), settled);
    }

    ClearFailures settling(Class<? extends Exception> failure) {
        return new ClearFailures(released, both(settled, failure));
    }

    boolean isSaidBy(Exception failure) {
        return settles(failure) || releases(failure);
    }

    boolean releases(Exception failure) {
        return released.stream().anyMatch(type -> type.isInstance(failure));
    }

    boolean settles(Exception failure) {
        return settled.stream().anyMatch(type -> type.isInstance(failure));
    }

    private static List<Class<? extends Exception>> both(
            List<Class<? extends Exception>> some, Class<? extends Exception> one) {
        return Stream.concat(some.stream(), Stream.of(Objects.requireNonNull(one, "failure")))
                .toList();
    }
}
