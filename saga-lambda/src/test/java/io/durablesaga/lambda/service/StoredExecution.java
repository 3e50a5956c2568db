package io.durablesaga.lambda.service;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.ExecutionDetails;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationType;

/** One execution. Guarded by the store. */
final class StoredExecution {
    private static final String VERSION = "1";

    /** The operation of another execution that waits for the end of this one. */
    record Waiter(StoredExecution execution, String operation) {}

    final String name;
    final String function;
    final String arn;
    final String id;
    final String payload;
    final Instant endsAt;
    final @Nullable Waiter waiter;
    final OperationLog log = new OperationLog();
    final Map<String, CallbackTimer> callbackTimers = new HashMap<>();

    ExecutionStatus status = ExecutionStatus.RUNNING;

    @Nullable
    String result;

    @Nullable
    ErrorObject error;

    /** What has been used of the limits. */
    int operations;

    long written;

    /** The invocation that may write, if there is one. */
    @Nullable
    Incarnation current;

    int invocations;
    /** Whether it is to be invoked as soon as that is possible. */
    boolean due = true;

    /** How many invocations in a row have failed without having recorded anything. */
    int failures;

    /** Why it is not invoked any more, if so. */
    @Nullable
    Throwable stalled;

    StoredExecution(
            String id,
            String function,
            String name,
            String payload,
            Instant now,
            Instant endsAt,
            @Nullable Waiter waiter) {
        this.id = id;
        this.function = function;
        this.name = name;
        this.payload = payload;
        this.endsAt = endsAt;
        this.waiter = waiter;
        this.arn = "arn:aws:lambda:eu-west-1:123456789012:function:" + function + ":" + VERSION + "/durable-execution/"
                + name + "/" + id;
        log.write(Operation.builder()
                .id(id)
                .name(name)
                .type(OperationType.EXECUTION)
                .status(OperationStatus.STARTED)
                .startTimestamp(now)
                .executionDetails(
                        ExecutionDetails.builder().inputPayload(payload).build())
                .build());
    }

    boolean running() {
        return status == ExecutionStatus.RUNNING;
    }

    /** Whether something will happen to it that it waits for, if only others do their part. */
    boolean hasOutstanding() {
        return log.all().stream().anyMatch(StoredExecution::outstanding);
    }

    private static boolean outstanding(Operation operation) {
        return switch (operation.type()) {
            case STEP -> operation.status() == OperationStatus.PENDING || operation.status() == OperationStatus.READY;
            case WAIT, CALLBACK, CHAINED_INVOKE -> operation.status() == OperationStatus.STARTED;
            default -> false;
        };
    }
}
