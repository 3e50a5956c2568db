package io.durablesaga.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.durablesaga.result.Failure;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step's failure on its way into its record, and the only exception that the bodies of steps throw here. Its name and message
 * are what the console shows of a failed step; its data is what is read back, exactly as it was, whatever class was thrown.
 */
@SuppressWarnings("serial") // written by its own data
final class StepFailed extends RuntimeException {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONGEST_TYPE = 500;

    private final Failure failure;
    private final int attempts;
    private final int failures;
    private final @Nullable Duration retryIn;

    StepFailed(Failure failure, int attempts, int failures, @Nullable Duration retryIn) {
        // what was thrown may have said something about the payload: its message is in the data only
        super(failure.kind().name().toLowerCase(Locale.ROOT) + ": " + failure.type(), null, false, false);
        this.failure = failure;
        this.attempts = attempts;
        this.failures = failures;
        this.retryIn = retryIn;
    }

    /** When the next attempt follows, or null if this failure is for good. */
    @Nullable
    Duration retryIn() {
        return retryIn;
    }

    Failure failure() {
        return failure;
    }

    int attempts() {
        return attempts;
    }

    /** What is recorded: with the longest message far below what the service takes of an error. */
    String data() {
        ObjectNode data = MAPPER.createObjectNode()
                .put("kind", failure.kind().name().toLowerCase(Locale.ROOT))
                .put("type", shortened(failure.type()))
                .put("message", failure.message())
                .put("attempts", attempts);
        return FailedAttempts.put(failures, data).toString();
    }

    /** What was recorded, or empty if it is not one of these. */
    static Optional<StepFailed> read(@Nullable String type, @Nullable String data) {
        if (data == null || !StepFailed.class.getName().equals(type)) {
            return Optional.empty();
        }
        try {
            JsonNode json = MAPPER.readTree(data);
            Failure.Kind kind = Failure.Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT));
            Failure failure = new Failure(
                    kind, json.path("type").asText(), json.path("message").asText());
            int attempts = json.path("attempts").asInt();
            return attempts < 1 ? Optional.empty() : Optional.of(new StepFailed(failure, attempts, attempts, null));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String shortened(String type) {
        return type.length() > LONGEST_TYPE ? type.substring(0, LONGEST_TYPE) + "…" : type;
    }
}
