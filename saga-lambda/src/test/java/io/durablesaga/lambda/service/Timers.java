package io.durablesaga.lambda.service;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CallbackDetails;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationType;

/** Lets time pass: pauses end, steps become ready, callbacks and executions time out, each at its own time and in that order. */
final class Timers {
    private final Store store;
    private final Endings endings;

    /** What happens to an operation then, or to the execution itself where there is no operation. */
    private record Timer(
            Instant at, StoredExecution execution, @Nullable Operation operation) {}

    Timers(Store store, Endings endings) {
        this.store = store;
        this.endings = endings;
    }

    void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + time);
        }
        synchronized (store) {
            Instant until = store.now().plus(time);
            Optional<Timer> next = next(until);
            while (next.isPresent()) {
                store.now(next.get().at());
                fire(next.get());
                next = next(until);
            }
            store.now(until);
            store.changed();
        }
    }

    /** When time will change an operation of an execution next; its own end is no reason to wait. */
    static Optional<Instant> nextOf(StoredExecution execution) {
        return execution.running()
                ? ofOperations(execution).map(Timer::at).min(Comparator.naturalOrder())
                : Optional.empty();
    }

    private Optional<Timer> next(Instant until) {
        return store.executions().stream()
                .filter(StoredExecution::running)
                .flatMap(execution ->
                        Stream.concat(ofOperations(execution), Stream.of(new Timer(execution.endsAt, execution, null))))
                .filter(timer -> !timer.at().isAfter(until))
                .min(Comparator.comparing(Timer::at));
    }

    private static Stream<Timer> ofOperations(StoredExecution execution) {
        return execution.log.all().stream().flatMap(operation -> {
            Instant at = due(execution, operation);
            return at == null ? Stream.empty() : Stream.of(new Timer(at, execution, operation));
        });
    }

    private static @Nullable Instant due(StoredExecution execution, Operation operation) {
        if (operation.type() == OperationType.WAIT && operation.status() == OperationStatus.STARTED) {
            return operation.waitDetails().scheduledEndTimestamp();
        }
        if (operation.type() == OperationType.STEP && operation.status() == OperationStatus.PENDING) {
            return operation.stepDetails().nextAttemptTimestamp();
        }
        CallbackTimer callback = execution.callbackTimers.get(operation.id());
        return callback == null ? null : callback.due();
    }

    private void fire(Timer timer) {
        StoredExecution execution = timer.execution();
        Operation operation = timer.operation();
        if (operation == null) {
            endings.end(
                    execution, ExecutionStatus.TIMED_OUT, null, timeout("Execution.TimedOut", "Execution timed out"));
        } else if (operation.type() == OperationType.WAIT) {
            endings.change(
                    execution, ended(operation, OperationStatus.SUCCEEDED).build());
        } else if (operation.type() == OperationType.STEP) {
            endings.change(execution, ready(operation));
        } else {
            boolean silent = execution.callbackTimers.get(operation.id()).silentFirst();
            ErrorObject error = silent
                    ? timeout("Callback.Heartbeat", "Callback timed out: no heartbeat")
                    : timeout("Callback.Timeout", "Callback timed out");
            CallbackDetails details =
                    operation.callbackDetails().toBuilder().error(error).build();
            endings.change(
                    execution,
                    ended(operation, OperationStatus.TIMED_OUT)
                            .callbackDetails(details)
                            .build());
        }
    }

    private Operation.Builder ended(Operation operation, OperationStatus status) {
        return operation.toBuilder().status(status).endTimestamp(store.now());
    }

    private static Operation ready(Operation operation) {
        return operation.toBuilder()
                .status(OperationStatus.READY)
                .stepDetails(operation.stepDetails().toBuilder()
                        .nextAttemptTimestamp(null)
                        .build())
                .build();
    }

    private static ErrorObject timeout(String type, String message) {
        return ErrorObject.builder().errorType(type).errorMessage(message).build();
    }
}
