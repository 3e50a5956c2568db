package io.durablesaga.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.engine.SagaJson;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What effects yield, as JSON and back. Where that fails the effect has happened all the same, and whoever is told so is told that.
 *
 * @param json how
 */
record Results(SagaJson json) {
    Results {
        Objects.requireNonNull(json, "json");
    }

    String write(EffectKey<?> key, @Nullable Object result) {
        try {
            return json.write(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "key " + key.text() + ": the effect has happened, but its result is not recorded and the key stays"
                            + " claimed: as JSON it cannot be written (" + SagaJson.why(e) + "). Yield something that"
                            + " can, such as a record of plain values",
                    e);
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // what is read has the type it is read as, null where that allows it
    <R extends @Nullable Object> R read(EffectKey<R> key, String text) {
        try {
            return (R) json.read(text, key.type());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "key " + key.text() + ": the effect has happened, but its recorded result does not read as "
                            + key.type().getTypeName() + " (" + SagaJson.why(e) + "); read it with the type it was"
                            + " written with",
                    e);
        }
    }
}
