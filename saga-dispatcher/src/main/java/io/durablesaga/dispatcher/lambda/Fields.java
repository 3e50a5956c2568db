package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Fields of records that may be there, or may be anything else. */
final class Fields {
    private static final Pattern SEQUENCE_NUMBER = Pattern.compile("[0-9]{1,100}");

    private Fields() {}

    /** Text that says something. */
    static Optional<String> text(JsonNode record, String field) {
        return Optional.ofNullable(record.path(field).textValue()).filter(text -> !text.isEmpty());
    }

    /** A stream's sequence number, which is text of digits: more than fit into a long. */
    static Optional<String> sequenceNumber(JsonNode record, String field) {
        return text(record, field).filter(text -> SEQUENCE_NUMBER.matcher(text).matches());
    }

    /** A whole number that is not negative. */
    static Optional<BigInteger> offset(JsonNode record, String field) {
        JsonNode number = record.path(field);
        return number.isIntegralNumber() && number.canConvertToLong() && number.longValue() >= 0
                ? Optional.of(number.bigIntegerValue())
                : Optional.empty();
    }

    /** The bytes that a field holds as Base64, or empty if it holds none. */
    static Optional<byte[]> base64(JsonNode field) {
        if (!field.isTextual()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(field.textValue()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The text that bytes are, or empty if they are no UTF-8. */
    static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Attributes that are text, by name; binary ones and what is none at all are left out. */
    static Map<String, String> attributes(JsonNode attributes, BiFunction<String, JsonNode, Optional<String>> value) {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
            value.apply(attribute.getKey(), attribute.getValue())
                    .ifPresent(text -> texts.put(attribute.getKey(), text));
        }
        return texts;
    }
}
