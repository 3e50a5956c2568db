package io.durablesaga.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

/** Compares texts by the JSON values they stand for. */
final class JsonValues {
    private final ObjectReader exact;

    JsonValues(ObjectMapper mapper) {
        // a tree of doubles would take two long numbers for one
        this.exact = mapper.reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** Whether two texts are the same JSON value: the order of fields does not count, nor 1.0 for 1. */
    boolean same(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        try {
            return exact.readTree(one).equals(JsonValues::compare, exact.readTree(other));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** As Jackson wants it: zero where two leaves are the same. */
    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }
}
