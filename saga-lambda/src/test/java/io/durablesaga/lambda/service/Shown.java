package io.durablesaga.lambda.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationType;

/**
 * Operations as a function sees them. Timers that are not due yet say that they will be, soon, in real time: the durable SDK
 * compares them with its own clock to know when to ask, and asks the sooner the better, while time stands still.
 */
final class Shown {
    private Shown() {}

    static List<Operation> to(List<Operation> operations, Duration pollAfter) {
        Instant soon = Instant.now().plus(pollAfter);
        return operations.stream().map(operation -> shown(operation, soon)).toList();
    }

    private static Operation shown(Operation operation, Instant soon) {
        if (operation.type() == OperationType.WAIT && operation.status() == OperationStatus.STARTED) {
            return operation.toBuilder()
                    .waitDetails(operation.waitDetails().toBuilder()
                            .scheduledEndTimestamp(soon)
                            .build())
                    .build();
        }
        if (operation.type() == OperationType.STEP && operation.status() == OperationStatus.PENDING) {
            return operation.toBuilder()
                    .stepDetails(operation.stepDetails().toBuilder()
                            .nextAttemptTimestamp(soon)
                            .build())
                    .build();
        }
        return operation;
    }
}
