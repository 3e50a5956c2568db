package io.durablesaga.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.engine.Sha256;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells two payloads apart without saying what is in them: the SHA-256 of their JSON, its fields in alphabetical order. Stable:
 * fingerprints are in stores for as long as their keys. What is in no order, such as a {@code Set}, is written in one that may
 * differ from process to process: sort it, or give it as a list. A number is what is written, so 1.10 is not 1.1.
 *
 * @param text 64 hex digits
 */
public record Fingerprint(String text) {
    private static final ObjectMapper SORTED = new ObjectMapper()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** As it was made. */
    public Fingerprint {
        if (!Objects.requireNonNull(text, "text").matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("text: no fingerprint; make one with Fingerprint.of(payload)");
        }
    }

    /** Of what this value is in {@linkplain SagaJson#standard() standard} JSON. */
    public static Fingerprint of(@Nullable Object payload) {
        return of(payload, SagaJson.standard());
    }

    /**
     * Of what this value is in JSON.
     *
     * @throws IllegalArgumentException if it is nothing in JSON
     */
    public static Fingerprint of(@Nullable Object payload, SagaJson json) {
        try {
            Object plain = SORTED.readValue(json.write(payload), Object.class);
            return new Fingerprint(Sha256.hex(SORTED.writeValueAsString(plain)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "payload: it cannot be written as JSON (" + SagaJson.why(e) + "); give what can", e);
        }
    }
}
