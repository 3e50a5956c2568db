package io.durablesaga.lambda.service;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationType;

/**
 * What the service knows of an execution at one time.
 *
 * @param arn which execution
 * @param name what it was started under
 * @param function what it runs
 * @param status whether and how it has ended
 * @param result what it has returned, or null
 * @param error how it has failed, or null
 * @param operations in the order in which they were first recorded, without the execution itself
 * @param callbacks those that are open
 * @param invocations how often its function has been invoked
 * @param metered how many operations count, retries included
 * @param underWay whether its function runs now, or will without anything having to happen
 * @param stalled why it is not invoked any more, or null
 * @param nextTimer when time will change one of its operations, or null
 */
public record ExecutionView(
        String arn,
        String name,
        String function,
        ExecutionStatus status,
        @Nullable String result,
        @Nullable ErrorObject error,
        List<Operation> operations,
        List<OpenCallback> callbacks,
        int invocations,
        int metered,
        boolean underWay,
        @Nullable Throwable stalled,
        @Nullable Instant nextTimer) {

    /**
     * A callback that waits for an answer.
     *
     * @param name the operation's name
     * @param id what it is answered by
     * @param endsAt when it times out if nobody does, or null
     */
    public record OpenCallback(
            String name, String id, @Nullable Instant endsAt) {}

    static ExecutionView of(StoredExecution execution) {
        return new ExecutionView(
                execution.arn,
                execution.name,
                execution.function,
                execution.status,
                execution.result,
                execution.error,
                execution.log.all().stream()
                        .filter(operation -> operation.type() != OperationType.EXECUTION)
                        .toList(),
                execution.running() ? callbacks(execution) : List.of(),
                execution.invocations,
                execution.operations,
                execution.current != null || Invocations.isDue(execution),
                execution.stalled,
                Timers.nextOf(execution).orElse(null));
    }

    private static List<OpenCallback> callbacks(StoredExecution execution) {
        return execution.log.all().stream()
                .filter(operation -> execution.callbackTimers.containsKey(operation.id()))
                .map(operation -> new OpenCallback(
                        operation.name(),
                        operation.callbackDetails().callbackId(),
                        execution.callbackTimers.get(operation.id()).end()))
                .toList();
    }

    /** The operation of this name. */
    public Operation operation(String operationName) {
        return operations.stream()
                .filter(operation -> operationName.equals(operation.name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation '" + operationName + "' among " + operations));
    }
}
