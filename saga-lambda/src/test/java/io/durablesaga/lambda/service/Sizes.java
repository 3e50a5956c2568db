package io.durablesaga.lambda.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;

/** How much an update carries, and whether that is too much. */
final class Sizes {
    /** Also what AWS's own test server measures errors by. */
    private static final ObjectMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Sizes() {}

    static int bytes(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    static int bytes(@Nullable ErrorObject error) {
        if (error == null) {
            return 0;
        }
        ObjectNode json = ASCII.createObjectNode()
                .put("ErrorMessage", error.errorMessage())
                .put("ErrorType", error.errorType())
                .put("ErrorData", error.errorData());
        error.stackTrace().forEach(json.putArray("StackTrace")::add);
        try {
            return ASCII.writeValueAsBytes(json).length;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static int bytes(OperationUpdate update) {
        return bytes(update.payload()) + bytes(update.error());
    }

    /** Only how the whole execution ends may be larger than anything else: a function records that where it cannot return it. */
    static void check(OperationUpdate update, ServiceLimits limits) {
        if (update.name() != null && update.name().length() > limits.nameLength()) {
            throw Transitions.refused(update, "has a name of more than " + limits.nameLength() + " characters");
        }
        if (bytes(update.error()) > limits.errorBytes()) {
            throw Transitions.refused(update, "has an error of more than " + limits.errorBytes() + " bytes");
        }
        if (update.type() != OperationType.EXECUTION && bytes(update.payload()) > limits.payloadBytes()) {
            throw Transitions.refused(update, "has a payload of more than " + limits.payloadBytes() + " bytes");
        }
    }
}
