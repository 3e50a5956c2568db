package io.durablesaga.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.CheckpointUpdatedExecutionState;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateResponse;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import software.amazon.lambda.durable.client.DurableExecutionClient;
import software.amazon.lambda.durable.exception.UnrecoverableDurableExecutionException;
import software.amazon.lambda.durable.model.DurableExecutionInput;

/**
 * One invocation's hold on an execution: stands between the SDK and the service, knows what was recorded when it began, and notes
 * when it is over. Thread-safe.
 */
final class Incarnation implements DurableExecutionClient, Records {
    private final Shield service;
    private final DurableExecutionInput input;
    private final Set<String> endedMeanwhile;
    private final Map<String, Recorded> found = new ConcurrentHashMap<>();
    private final Set<String> reached = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Interrupted> over = new AtomicReference<>();
    private volatile @Nullable Instant startedAt;
    private volatile boolean running;

    Incarnation(DurableExecutionClient service, DurableExecutionInput input) {
        this.service = new Shield(service);
        CheckpointUpdatedExecutionState state = input.initialExecutionState();
        List<String> updated = input.updatedOperationIds() == null ? List.of() : input.updatedOperationIds();
        this.endedMeanwhile = Set.copyOf(updated);
        this.input = new DurableExecutionInput(
                input.durableExecutionArn(),
                input.checkpointToken(),
                state == null ? null : Shield.readable(state),
                updated);
        if (state != null) {
            note(state.operations());
        }
    }

    /** What the SDK is to be given. */
    DurableExecutionInput input() {
        return input;
    }

    /** The handler runs: what is read from now on is news. */
    void begun() {
        running = true;
    }

    /** What has ended this incarnation, or null. */
    @Nullable
    Throwable over() {
        Interrupted interrupted = over.get();
        return interrupted == null ? null : interrupted.reason();
    }

    /** How much of an execution's time is left, or null if nothing says when it began. */
    @Override
    public @Nullable Duration left(Duration timeout, Instant now) {
        Instant started = startedAt;
        return started == null ? null : Duration.between(now, started.plus(timeout));
    }

    @Override
    public CheckpointDurableExecutionResponse checkpoint(String arn, String token, List<OperationUpdate> updates) {
        try {
            return service.checkpoint(arn, token, carriedOn(updates));
        } catch (Interrupted interrupted) {
            throw end(interrupted);
        }
    }

    private List<OperationUpdate> carriedOn(List<OperationUpdate> updates) {
        return found.isEmpty() // then nothing was cut short
                ? updates
                : updates.stream()
                        .map(update -> FailedAttempts.carriedOn(update, failures(update.id())))
                        .toList();
    }

    @Override
    public GetDurableExecutionStateResponse getExecutionState(String arn, String token, String marker) {
        try {
            GetDurableExecutionStateResponse page = service.getExecutionState(arn, token, marker);
            if (!running) {
                note(page.operations());
            }
            return page;
        } catch (Interrupted interrupted) {
            throw end(interrupted);
        }
    }

    /**
     * Ends this incarnation. Noted before the SDK hears of it, since an operation that is begun after the SDK has stopped those
     * it knows would never end.
     */
    @Override
    public UnrecoverableDurableExecutionException end(Throwable cause) {
        Interrupted interrupted = cause instanceof Interrupted already ? already : new Interrupted(cause);
        over.compareAndSet(null, interrupted);
        return interrupted;
    }

    @Override
    public void requireCurrent() {
        Interrupted interrupted = over.get();
        if (interrupted != null) {
            throw new Interrupted(interrupted.reason());
        }
    }

    @Override
    public boolean complete() {
        return true;
    }

    @Override
    public boolean any() {
        return !found.isEmpty();
    }

    @Override
    public @Nullable Recorded find(String operationId) {
        return found.get(operationId);
    }

    @Override
    public OptionalInt failures(String operationId) {
        Recorded recorded = found.get(operationId);
        return recorded == null ? OptionalInt.of(0) : recorded.failures();
    }

    @Override
    public boolean told(String operationId) {
        Recorded recorded = found.get(operationId);
        return recorded != null && recorded.ended() && !endedMeanwhile.contains(operationId);
    }

    @Override
    public void reach(String operationId) {
        reached.add(operationId);
    }

    @Override
    public boolean allReached() {
        return reached.containsAll(found.keySet());
    }

    private void note(List<Operation> operations) {
        for (Operation operation : operations) {
            if (operation.type() == OperationType.EXECUTION) {
                startedAt = operation.startTimestamp();
            } else {
                found.put(operation.id(), Recorded.of(operation));
            }
        }
    }
}
