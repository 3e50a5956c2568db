package io.durablesaga.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The JSON of a {@link Decision}, the payload of the callback that an execution is parked on. */
public final class Decisions {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Decisions() {}

    /** The decision as JSON. */
    public static String write(Decision decision) {
        ObjectNode json = MAPPER.createObjectNode();
        if (decision instanceof Decision.Retry) {
            json.put("decision", "retry");
        } else if (decision instanceof Decision.Skip skip) {
            json.put("decision", "skip").put("reason", skip.reason());
        } else if (decision instanceof Decision.Resolved resolved) {
            json.put("decision", "resolved").put("reason", resolved.reason());
        }
        return json.toString();
    }

    /** The decision, or empty if this is not the JSON of one: then it has not been decided. */
    public static Optional<Decision> read(String payload) {
        JsonNode json;
        try {
            json = MAPPER.readTree(payload);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        String reason = json.path("reason").asText("");
        return switch (json.path("decision").asText("")) {
            case "retry" -> Optional.of(new Decision.Retry());
            case "skip" -> reason.isBlank() ? Optional.empty() : Optional.of(new Decision.Skip(reason));
            case "resolved" -> reason.isBlank() ? Optional.empty() : Optional.of(new Decision.Resolved(reason));
            default -> Optional.empty();
        };
    }
}
