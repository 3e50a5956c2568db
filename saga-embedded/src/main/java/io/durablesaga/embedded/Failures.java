package io.durablesaga.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.durablesaga.engine.ReplayMismatch;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.result.Failure;

/** The JSON of a failure in a record. */
final class Failures {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Failures() {}

    static String write(Failure failure) {
        return MAPPER.createObjectNode()
                .put("kind", failure.kind().name())
                .put("type", failure.type())
                .put("message", failure.message())
                .toString();
    }

    static Failure read(String json) {
        try {
            JsonNode failure = MAPPER.readTree(json);
            return new Failure(
                    Failure.Kind.valueOf(failure.path("kind").asText()),
                    failure.path("type").asText(),
                    failure.path("message").asText());
        } catch (JsonProcessingException e) {
            throw new ReplayMismatch("a recorded failure is not readable: " + SagaJson.why(e), e);
        }
    }
}
