package io.durablesaga.dispatcher;

import org.jspecify.annotations.Nullable;

/**
 * A business key that says in messages where it is taken from.
 *
 * @param place where
 * @param key takes it from there
 */
record KeyPlace(String place, BusinessKey key) implements BusinessKey {
    @Override
    public @Nullable String of(Received received) {
        return key.of(received);
    }
}
