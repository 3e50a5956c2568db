package io.durablesaga.lambda.service;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ChainedInvokeDetails;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;

/**
 * How executions end, and operations that their functions do not end themselves. All of it under the store's lock, and the caller
 * says {@linkplain Store#changed so} when it is done.
 */
final class Endings {
    private final Store store;

    Endings(Store store) {
        this.store = store;
    }

    static boolean terminal(OperationStatus status) {
        return switch (status) {
            case SUCCEEDED, FAILED, CANCELLED, TIMED_OUT, STOPPED -> true;
            default -> false;
        };
    }

    /** Something outside changes an operation: whoever waits for it is to be invoked. */
    void change(StoredExecution execution, Operation operation) {
        if (terminal(operation.status())) {
            execution.callbackTimers.remove(operation.id());
        }
        execution.log.writeFromOutside(operation);
        execution.due = true;
    }

    /** An execution ends; nothing of it runs any more, and whoever invoked it is told. */
    void end(StoredExecution execution, ExecutionStatus status, @Nullable String result, @Nullable ErrorObject error) {
        Instant now = store.now();
        execution.status = status;
        execution.result = result;
        execution.error = error;
        execution.current = null;
        execution.due = false;
        Operation own = execution.log.find(execution.id).orElseThrow();
        execution.log.write(
                own.toBuilder().status(status.toString()).endTimestamp(now).build());
        tell(execution, now);
    }

    private void tell(StoredExecution execution, Instant now) {
        if (execution.waiter == null || !execution.waiter.execution().running()) {
            return;
        }
        StoredExecution waiting = execution.waiter.execution();
        Optional<Operation> invoke = waiting.log
                .find(execution.waiter.operation())
                .filter(operation -> operation.status() == OperationStatus.STARTED);
        invoke.ifPresent(operation -> change(
                waiting,
                invoked(operation, execution.status.toString(), execution.result, execution.error)
                        .endTimestamp(now)
                        .build()));
    }

    /** The operation that has invoked what has come to this end. */
    static Operation.Builder invoked(
            Operation operation, String status, @Nullable String result, @Nullable ErrorObject error) {
        return operation.toBuilder()
                .status(status)
                .chainedInvokeDetails(ChainedInvokeDetails.builder()
                        .result(result)
                        .error(error)
                        .build());
    }
}
