package io.durablesaga.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalInt;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import software.amazon.awssdk.services.lambda.model.StepDetails;
import software.amazon.lambda.durable.exception.StepInterruptedException;

/**
 * How many attempts of a step have failed, and were not cut short: the service counts both together. Each attempt leaves an error
 * in the record, and its data carries the count on. Where a record lacks it the attempts cannot be told apart.
 */
final class FailedAttempts {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FAILURES = "failures";

    private FailedAttempts() {}

    static ObjectNode put(int failures, ObjectNode data) {
        return data.put(FAILURES, failures);
    }

    /** What the record of an operation says; none of anything but a step, and none before its first attempt has ended. */
    static OptionalInt in(Operation operation) {
        StepDetails details = operation.stepDetails();
        if (details == null || details.attempt() == null || details.attempt() == 0) {
            return OptionalInt.of(0);
        }
        ErrorObject error = details.error();
        return error == null || error.errorData() == null ? OptionalInt.empty() : read(error.errorData());
    }

    private static OptionalInt read(String data) {
        try {
            JsonNode failures = MAPPER.readTree(data).path(FAILURES);
            return failures.canConvertToInt() ? OptionalInt.of(failures.intValue()) : OptionalInt.empty();
        } catch (JsonProcessingException e) {
            return OptionalInt.empty();
        }
    }

    /** The update, with the count in its error where that says that an attempt was cut short: the SDK says no more than that. */
    static OperationUpdate carriedOn(OperationUpdate update, OptionalInt failures) {
        if (update.type() != OperationType.STEP
                || failures.isEmpty()
                || !StepInterruptedException.isStepInterruptedException(update.error())) {
            return update;
        }
        String data = put(failures.getAsInt(), MAPPER.createObjectNode()).toString();
        return update.toBuilder()
                .error(update.error().toBuilder().errorData(data).build())
                .build();
    }
}
