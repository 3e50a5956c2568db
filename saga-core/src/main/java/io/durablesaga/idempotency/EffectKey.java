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

    /**
     * A key outside of a saga.
     *
     * @param owner who has the effect, such as a request or a job that does not run twice at a time. Who comes with the same owner is
     *     taken for one that begins again after its process has died, and is let in at once
     */
    public static <R> EffectKey<R> of(String key, String owner, Class<R> type) {
        return new EffectKey<>(key, owner, type, Optional.empty());
    }

    /**
     * The key of this step's effect, which {@code s.key()} is, or {@code effect.actionKey()} in its undo: an execution's own, so that
     * it is its own owner.
     */
    public static <R extends @Nullable Object> EffectKey<R> of(String key, StepKey<R> step) {
        return new EffectKey<>(key, key, step.type(), Optional.empty());
    }

    /** For a step whose key others use too, such as an order's number: who begins. */
    public EffectKey<R> ownedBy(String newOwner) {
        return new EffectKey<>(text, newOwner, type, payload);
    }

    /** The same key with another payload is refused. Only a fingerprint of the payload is stored. */
    public EffectKey<R> forPayload(@Nullable Object newPayload) {
        return new EffectKey<>(text, owner, type, Optional.of(Fingerprint.of(newPayload)));
    }

    /**
     * Refuses this very key for the undo of its effect: in an undo {@code s.key()} is the undo's key, and the effect's is
     * {@code effect.actionKey()}. Under the wrong one an undo finds nothing to undo, and says so.
     *
     * @throws IllegalArgumentException if it is the same, or blank
     */
    public void requireOther(String undoKey) {
        if (Objects.requireNonNull(undoKey, "undoKey").isBlank()) {
            throw new IllegalArgumentException("undoKey must not be blank");
        }
        if (undoKey.equals(text)) {
            throw new IllegalArgumentException("undoKey: " + undoKey
                    + " is the key of the effect itself; in the undo of a step effect.actionKey() is the effect's and"
                    + " s.key() the undo's");
        }
    }
}
