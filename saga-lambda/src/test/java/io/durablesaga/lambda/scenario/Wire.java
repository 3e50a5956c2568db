package io.durablesaga.lambda.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import software.amazon.lambda.durable.TypeToken;
import software.amazon.lambda.durable.model.DurableExecutionInput;
import software.amazon.lambda.durable.model.DurableExecutionOutput;
import software.amazon.lambda.durable.serde.DurableInputOutputSerDes;

/**
 * What the service and a function hand to each other, as JSON. The durable SDK reads the service's JSON, and does not quite write
 * it: times are whole milliseconds there, and what is not there is left out.
 */
public final class Wire {
    private static final DurableInputOutputSerDes SDK = new DurableInputOutputSerDes();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Wire() {}

    /** What a function is handed. */
    public static ObjectNode write(DurableExecutionInput input) {
        try {
            ObjectNode json = (ObjectNode) MAPPER.readTree(SDK.serialize(input));
            tidy(json);
            return json;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what the SDK writes is JSON", e);
        }
    }

    /** What a function is handed. */
    public static DurableExecutionInput readInput(String json) {
        return SDK.deserialize(json, TypeToken.get(DurableExecutionInput.class));
    }

    static DurableExecutionOutput readOutput(String json) {
        return SDK.deserialize(json, TypeToken.get(DurableExecutionOutput.class));
    }

    private static void tidy(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode value = object.get(name);
                if (value.isNull()) {
                    object.remove(name);
                } else if (name.endsWith("Timestamp")) {
                    BigDecimal seconds = value.decimalValue();
                    object.put(name, seconds.movePointRight(3).longValue());
                }
            }
        }
        node.forEach(Wire::tidy);
    }
}
