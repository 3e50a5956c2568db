package io.durablesaga.lambda.scenario;

import io.durablesaga.lambda.service.Call;
import io.durablesaga.lambda.service.Change;
import io.durablesaga.lambda.service.DurableService;
import io.durablesaga.lambda.service.ExecutionView;
import io.durablesaga.lambda.service.Interference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CheckpointUpdatedExecutionState;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationAction;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.lambda.durable.model.DurableExecutionInput;

/**
 * Notes what one execution writes and which states it comes by: each that an invocation finds, and each that it leaves between two
 * of its steps, where it might end at any time. Cuts an attempt off, if it is to. Thread-safe.
 */
final class Watch implements Interference {
    private final DurableService service;
    private final String name;
    private final @Nullable String interruptedAt;
    private final List<Call> checkpoints = new ArrayList<>();
    private final List<DurableExecutionInput> states = new ArrayList<>();
    private List<Operation> last = List.of();
    private @Nullable Operation own;
    private List<String> news = List.of();
    private boolean interrupted;

    Watch(DurableService service, String name, @Nullable String interruptedAt) {
        this.service = service;
        this.name = name;
        this.interruptedAt = interruptedAt;
    }

    synchronized void invoked(DurableExecutionInput input) {
        if (own == null) {
            own = input.initialExecutionState().operations().get(0); // the execution itself comes first
        }
        news = input.updatedOperationIds();
        note();
    }

    @Override
    public synchronized void after(Call call) {
        if (call.kind() != Call.Kind.CHECKPOINT || !call.execution().equals(name)) {
            return;
        }
        checkpoints.add(call);
        if (service.execution(name).operations().stream().noneMatch(Watch::underWay)) {
            note();
        }
        if (!interrupted && call.changes().stream().anyMatch(this::toBeInterrupted)) {
            interrupted = true;
            service.kill(name);
        }
    }

    private static boolean underWay(Operation operation) {
        return operation.type() == OperationType.STEP && operation.status() == OperationStatus.STARTED;
    }

    private boolean toBeInterrupted(Change change) {
        return change.update().action() == OperationAction.START
                && change.operation().name().equals(interruptedAt);
    }

    private void note() {
        ExecutionView execution = service.execution(name);
        if (own != null && !execution.operations().equals(last)) {
            last = execution.operations();
            states.add(new DurableExecutionInput(
                    execution.arn(),
                    "token",
                    CheckpointUpdatedExecutionState.builder()
                            .operations(
                                    Stream.concat(Stream.of(own), last.stream()).toList())
                            .build(),
                    news));
        }
    }

    synchronized List<Call> checkpoints() {
        return List.copyOf(checkpoints);
    }

    synchronized List<DurableExecutionInput> states() {
        return List.copyOf(states);
    }
}
