package io.durablesaga.dispatcher;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.durablesaga.engine.SagaJson;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON of which one value has one text: fields in the order of their UTF-16 units, no spaces, numbers digit by digit as they came. What
 * has no such text is refused: fields that are there twice, halves of surrogate pairs, more after the end.
 */
final class CanonicalJson {
    /** Deeper is no payload that anybody means. */
    static final int DEEPEST = 200;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // its table of names outlives a text: what one says must not decide whether another is read
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .disable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private CanonicalJson() {}

    static JsonNode read(String text) throws PoisonedRecord {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new PoisonedRecord("it is no JSON: " + SagaJson.why(e));
        } catch (NumberFormatException e) { // whose message quotes the number
            throw new PoisonedRecord("it is no JSON: a number in it has an exponent that no number can have");
        }
        if (tree.isMissingNode()) {
            throw new PoisonedRecord("it is no JSON: it is empty");
        }
        return tree;
    }

    static String write(JsonNode tree) throws PoisonedRecord {
        try {
            return MAPPER.writeValueAsString(sorted(tree, 0));
        } catch (JsonProcessingException e) {
            throw new PoisonedRecord("it cannot be written as JSON: " + SagaJson.why(e));
        }
    }

    private static JsonNode sorted(JsonNode node, int depth) throws PoisonedRecord {
        if (depth > DEEPEST) {
            throw new PoisonedRecord("it is nested deeper than " + DEEPEST);
        }
        if (node.isObject()) {
            Map<String, JsonNode> fields = new TreeMap<>();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                fields.put(wellFormed(field.getKey()), sorted(field.getValue(), depth + 1));
            }
            return new ObjectNode(JsonNodeFactory.instance, fields);
        }
        if (node.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode(node.size());
            for (JsonNode item : node) {
                items.add(sorted(item, depth + 1));
            }
            return items;
        }
        if (node.isTextual()) {
            wellFormed(node.textValue());
        }
        return node;
    }

    /** Half a surrogate pair has no UTF-8: two different texts would become the same bytes. */
    static String wellFormed(String text) throws PoisonedRecord {
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            boolean pair = Character.isHighSurrogate(unit)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1));
            if (pair) {
                at++;
            } else if (Character.isSurrogate(unit)) {
                throw new PoisonedRecord("it holds half a surrogate pair, which is no text");
            }
        }
        return text;
    }
}
