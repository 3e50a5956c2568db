package io.durablesaga.dispatcher;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;

/**
 * What a record is about, such as the number of an order: the same wherever and however often the record comes, even where its
 * producer sends it twice.
 */
@FunctionalInterface
public interface BusinessKey {
    /**
     * The key of a record. Null, empty, or thrown: the record is {@linkplain Outcome#POISON poison}. Always the same for the same
     * record. What lacks a part of its key must have none, and not one that is made of {@code null} or 0.
     */
    @org.jspecify.annotations.Nullable
    String of(Received received);

    /**
     * Where the body of records has it: a JSON pointer such as {@code /order/id}, to text or a whole number; or {@code @} and the
     * name of an attribute.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static BusinessKey at(String place) {
        if (Objects.requireNonNull(place, "key").startsWith("@") && place.length() > 1) {
            String attribute = place.substring(1);
            return new KeyPlace(place, received -> received.attributes().get(attribute));
        }
        if (!place.startsWith("/")) {
            throw new IllegalArgumentException(
                    "key '" + place
                            + "': a JSON pointer into the body, such as /orderId, or the name of an attribute, such as @orderId");
        }
        JsonPointer pointer = JsonPointer.compile(place);
        return new KeyPlace(place, received -> textAt(received.body(), pointer).orElse(null));
    }

    private static Optional<String> textAt(JsonNode body, JsonPointer pointer) {
        JsonNode key = body.at(pointer);
        if (key.isTextual()) {
            return Optional.of(key.textValue());
        }
        return key.isIntegralNumber() ? Optional.of(key.bigIntegerValue().toString()) : Optional.empty();
    }
}
