package io.durablesaga.lambda.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.lambda.model.CallbackOptions;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.lambda.durable.model.DurableExecutionInput;

/**
 * Takes over an execution that was recorded elsewhere. Some things the service knows of it and does not tell its function, so they
 * are not in what was recorded: an open callback times out an hour after it began, and what an operation waits for that invokes a
 * function is the function of the operation's own name.
 */
final class Resumption {
    private static final Duration OPEN_CALLBACKS = Duration.ofHours(1);

    private final Store store;
    private final Starts starts;
    private final ServiceLimits limits;

    Resumption(Store store, Starts starts, ServiceLimits limits) {
        this.store = store;
        this.starts = starts;
        this.limits = limits;
    }

    /** Under the lock. */
    void resume(DurableExecutionInput recorded) {
        List<Operation> operations = recorded.initialExecutionState().operations();
        Operation own = operations.stream()
                .filter(operation -> operation.type() == OperationType.EXECUTION)
                .findFirst()
                .orElseThrow();
        String[] arn = recorded.durableExecutionArn().split("/", -1);
        StoredExecution execution = new StoredExecution(
                own.id(),
                Starts.nameOf(arn[0]),
                arn[arn.length - 2],
                own.executionDetails().inputPayload(),
                own.startTimestamp(),
                own.startTimestamp().plus(limits.timeout()),
                null);
        if (!execution.arn.equals(recorded.durableExecutionArn())) {
            throw new IllegalArgumentException("not of this service: " + recorded.durableExecutionArn());
        }
        store.now(latest(operations));
        store.skipIds();
        store.add(execution);
        operations.stream()
                .filter(operation -> operation.type() != OperationType.EXECUTION)
                .forEach(operation -> take(
                        execution, operation, recorded.updatedOperationIds().contains(operation.id())));
    }

    private static Instant latest(List<Operation> operations) {
        return operations.stream()
                .flatMap(operation -> Stream.of(operation.startTimestamp(), operation.endTimestamp()))
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private void take(StoredExecution execution, Operation operation, boolean news) {
        execution.operations++;
        if (news) {
            execution.log.writeFromOutside(operation);
        } else {
            execution.log.write(operation);
        }
        boolean open = operation.status() == OperationStatus.STARTED;
        if (operation.type() == OperationType.CALLBACK) {
            store.callback(operation.callbackDetails().callbackId(), new Store.Position(execution, operation.id()));
            if (open) {
                CallbackOptions options = CallbackOptions.builder()
                        .timeoutSeconds((int) OPEN_CALLBACKS.toSeconds())
                        .build();
                execution.callbackTimers.put(
                        operation.id(), CallbackTimer.started(options, operation.startTimestamp()));
            }
        }
        if (operation.type() == OperationType.CHAINED_INVOKE && open) {
            starts.invoke(execution, operation, operation.name(), null);
        }
    }
}
