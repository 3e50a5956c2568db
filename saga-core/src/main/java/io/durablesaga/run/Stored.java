package io.durablesaga.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.engine.SagaJson;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A value as its record will hold it and as it reads back from there.
 *
 * @param payload the JSON
 * @param value what reads back
 */
record Stored(String payload, @Nullable Object value) {

    /**
     * Writes and reads a value.
     *
     * @throws IllegalStateException saying what cannot be stored and what to do
     */
    static Stored of(@Nullable Object value, Type type, SagaJson json, int mostBytes) {
        try {
            String payload = json.write(value);
            int bytes = payload.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > mostBytes) {
                throw new IllegalStateException("the result takes " + bytes + " bytes as JSON, and at most " + mostBytes
                        + " are stored; return a reference to it instead");
            }
            return new Stored(payload, json.read(payload, type));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the result cannot be written as JSON and read back as " + type.getTypeName() + ": "
                            + e.getOriginalMessage(),
                    e);
        }
    }
}
