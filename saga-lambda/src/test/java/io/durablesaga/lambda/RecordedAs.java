package io.durablesaga.lambda;

import io.durablesaga.engine.StepCall;
import io.durablesaga.testing.engine.EngineUnderTest.RecordedOperation;
import java.util.Map;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;

/** What a saga has recorded, read back from the service's operations: the types, subtypes and names they have there. */
final class RecordedAs {
    static final String AWAIT = "await:";
    static final String DECIDE = "decide:";

    private static final Map<String, StepCall.Kind> KINDS = Map.of(
            LambdaLimits.CAPTURE_PREFIX,
            StepCall.Kind.CAPTURE,
            "undo:",
            StepCall.Kind.UNDO,
            "failed:",
            StepCall.Kind.FAILURE);

    private RecordedAs() {}

    static RecordedOperation operation(Operation operation) {
        return new RecordedOperation(kind(operation), name(operation), outcome(operation));
    }

    static String kind(Operation operation) {
        return switch (operation.type()) {
            case STEP -> stepKind(operation).name();
            case WAIT -> "SLEEP";
            case CALLBACK -> "CALLBACK";
            case CHAINED_INVOKE -> "INVOKE";
            default -> throw new AssertionError("a saga records no " + operation.typeAsString() + ": " + operation);
        };
    }

    private static StepCall.Kind stepKind(Operation operation) {
        if ("WaitForCondition".equals(operation.subType())) {
            return StepCall.Kind.POLL;
        }
        return KINDS.entrySet().stream()
                .filter(kind -> operation.name().startsWith(kind.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(StepCall.Kind.ACTION);
    }

    /** The name that the saga gave it. */
    static String name(Operation operation) {
        return kind(operation).equals(StepCall.Kind.CAPTURE.name())
                ? operation.name().substring(LambdaLimits.CAPTURE_PREFIX.length())
                : operation.name();
    }

    /** An invoked saga that failed its execution, for somebody to be told, has nevertheless handed over how it ended. */
    private static String outcome(Operation operation) {
        var invoked = operation.chainedInvokeDetails();
        OperationStatus status = invoked != null && SagaEnded.resultIn(invoked.error()) != null
                ? OperationStatus.SUCCEEDED
                : operation.status();
        return switch (status) {
            case SUCCEEDED -> "COMPLETED";
            case FAILED, TIMED_OUT, STOPPED -> "FAILED";
            default -> "PENDING";
        };
    }
}
