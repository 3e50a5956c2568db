package io.durablesaga.idempotency;

import io.durablesaga.StepKey;
import java.lang.reflect.Type;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an effect is known by.
 *
 * @param text the key; in a saga {@code s.key()}, which is an execution's own
 * @param owner who has the effect: the same owner may begin again at once what it began and did not end
 * @param type what the effect yields
 * @param payload what the effect is done with, if the same key with another payload is to be refused
 * @param <R> what the effect yields
 */
public record EffectKey<R extends @Nullable Object>(
        String text, String owner, Type type, Optional<Fingerprint> payload) {
    /** All parts are required. */
    public EffectKey {
        if (Objects.requireNonNull(text, "text").isBlank()
                || Objects.requireNonNull(owner, "owner").isBlank()) {
            throw new IllegalArgumentException("key and owner must not be blank");
        }
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(payload, "payload");
    }

    /** A key that is its owner's alone, as {@code s.key()} is. */
    public static <R> EffectKey<R> of(String key, Class<R> type) {
        return new EffectKey<>(key, key, type, Optional.empty());
    }

    /** The key of this step's effect, which {@code s.key()} is, or {@code effect.actionKey()} in its undo. */
    public static <R extends @Nullable Object> EffectKey<R> of(String key, StepKey<R> step) {
        return new EffectKey<>(key, key, step.type(), Optional.empty());
    }

    /** For a key that others use too, such as an order's number: who begins. */
    public EffectKey<R> ownedBy(String newOwner) {
        return new EffectKey<>(text, newOwner, type, payload);
    }

    /** The same key with another payload is refused. Only a fingerprint of the payload is stored. */
    public EffectKey<R> forPayload(@Nullable Object newPayload) {
        return new EffectKey<>(text, owner, type, Optional.of(Fingerprint.of(newPayload)));
    }
}
