package io.durablesaga.client.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer, as it goes over the wire. */
record Answer(int status, Map<String, String> headers, String body) {
    static final Answer EMPTY = new Answer(200, Map.of(), "");

    static Answer accepted(String arn) {
        return new Answer(202, Map.of("X-Amz-Durable-Execution-Arn", arn), "");
    }

    static Answer json(JsonNode json) {
        return new Answer(200, Map.of("Content-Type", "application/json"), json.toString());
    }

    static Answer notFound(String what) {
        return fault(404, "ResourceNotFoundException", what);
    }

    static Answer invalid(String what) {
        return fault(400, "InvalidParameterValueException", what);
    }

    static Answer fault(Fault.Answered fault) {
        if (fault.code() == null) {
            return new Answer(fault.status(), Map.of("Content-Type", "text/html"), fault.message());
        }
        return fault(fault.status(), fault.code(), fault.message());
    }

    /** An exception of the service; the message of one that throttles is its reason. */
    static Answer fault(int status, @Nullable String code, String message) {
        var body = JsonNodeFactory.instance.objectNode().put("Type", "User");
        if (status == 429) {
            body.put("Reason", message).put("message", "Rate Exceeded.");
        } else {
            body.put("message", message);
        }
        return new Answer(
                status,
                Map.of("Content-Type", "application/json", "x-amzn-ErrorType", String.valueOf(code)),
                body.toString());
    }
}
