package io.durablesaga.lambda.service;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.CheckpointUpdatedExecutionState;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateResponse;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import software.amazon.lambda.durable.model.DurableExecutionInput;

/** What an invocation asks of the service: to write, to hear of news, to read on. */
final class Checkpoints {
    private final Store store;
    private final Passage passage;
    private final Endings endings;
    private final Starts starts;
    private final ServiceSettings settings;

    Checkpoints(Store store, Passage passage, Endings endings, Starts starts, ServiceSettings settings) {
        this.store = store;
        this.passage = passage;
        this.endings = endings;
        this.starts = starts;
        this.settings = settings;
    }

    /** What an invocation is handed; under the lock. */
    DurableExecutionInput input(Incarnation incarnation) {
        StoredExecution execution = incarnation.execution;
        return new DurableExecutionInput(
                execution.arn, incarnation.token, told(incarnation, execution.log.all()), execution.log.news());
    }

    CheckpointDurableExecutionResponse checkpoint(
            Incarnation incarnation, String arn, @Nullable String token, List<OperationUpdate> updates) {
        incarnation.checkAlive();
        if (updates.isEmpty()) {
            awaitNews(incarnation);
            return checkpoint(incarnation, arn, token, updates, incarnation.told);
        }
        incarnation.bodies.awaitCalm(settings.calm());
        int apart = settings.calm().isZero() ? updates.size() : firstEnd(updates);
        if (apart == updates.size()) {
            return checkpoint(incarnation, arn, token, updates, incarnation.told);
        }
        long told = incarnation.told;
        String next = checkpoint(incarnation, arn, token, updates.subList(0, apart), told)
                .checkpointToken();
        return checkpoint(incarnation, arn, next, updates.subList(apart, updates.size()), told);
    }

    private List<Operation> endedOutside(StoredExecution execution) {
        synchronized (store) {
            return execution.log.endedOutside();
        }
    }

    /** Where the first update stands that ends what the same checkpoint has started. */
    private static int firstEnd(List<OperationUpdate> updates) {
        Set<String> started = new HashSet<>();
        int end = 0;
        while (end < updates.size() && started.add(updates.get(end).id())) {
            end++;
        }
        return end;
    }

    private CheckpointDurableExecutionResponse checkpoint(
            Incarnation incarnation, String arn, @Nullable String token, List<OperationUpdate> updates, long told) {
        Plan plan = plan(incarnation, arn, token, updates);
        Call.Kind kind = updates.isEmpty() ? Call.Kind.POLL : Call.Kind.CHECKPOINT;
        List<Operation> ended = updates.isEmpty() ? List.of() : endedOutside(incarnation.execution);
        Call call = new Call(kind, incarnation.execution.name, ended, plan.changes());
        var answer = passage.pass(call, () -> commit(incarnation, arn, token, plan, ended, told));
        incarnation.checkAlive();
        return passage.answered(call, answer);
    }

    /** The rest of a list; without a marker, everything from the beginning. */
    GetDurableExecutionStateResponse state(
            Incarnation incarnation, String arn, @Nullable String token, @Nullable String marker) {
        incarnation.checkAlive();
        synchronized (store) {
            checkToken(incarnation, arn, token);
        }
        var answer = passage.pass(new Call(Call.Kind.STATE, incarnation.execution.name), () -> {
            synchronized (store) {
                incarnation.checkAlive();
                checkToken(incarnation, arn, token);
                Pages.Page page = marker == null || marker.isEmpty()
                        ? incarnation.pages.begin(incarnation.execution.log.all())
                        : incarnation.pages.read(marker);
                if (page == null) {
                    throw Refusals.invalid("Invalid marker");
                }
                return GetDurableExecutionStateResponse.builder()
                        .operations(Shown.to(page.operations(), settings.pollAfter()))
                        .nextMarker(page.next())
                        .build();
            }
        });
        incarnation.checkAlive();
        return answer;
    }

    private Plan plan(Incarnation incarnation, String arn, @Nullable String token, List<OperationUpdate> updates) {
        synchronized (store) {
            checkToken(incarnation, arn, token);
            return Plan.of(
                    incarnation.execution, updates, settings.limits(), store.now(), () -> "callback-" + store.nextId());
        }
    }

    /** Only outside changes can have come since it was planned, and none to what an invocation may update. */
    private CheckpointDurableExecutionResponse commit(
            Incarnation incarnation, String arn, @Nullable String token, Plan plan, List<Operation> ended, long told) {
        synchronized (store) {
            incarnation.checkAlive();
            checkToken(incarnation, arn, token);
            StoredExecution execution = incarnation.execution;
            execution.operations = plan.operations();
            execution.written = plan.written();
            execution.log.wrote(ended);
            incarnation.wrote |= !plan.changes().isEmpty();
            incarnation.token = "token-" + store.nextId();
            plan.changes().forEach(change -> execution.log.write(change.operation()));
            plan.changes().forEach(change -> follow(execution, change));
            return CheckpointDurableExecutionResponse.builder()
                    .checkpointToken(incarnation.token)
                    .newExecutionState(told(incarnation, execution.log.changedSince(told)))
                    .build();
        }
    }

    /** What else there is to do once a change is stored. */
    private void follow(StoredExecution execution, Change change) {
        OperationUpdate update = change.update();
        Operation operation = change.operation();
        switch (operation.type()) {
            case CALLBACK -> {
                String id = operation.callbackDetails().callbackId();
                store.callback(id, new Store.Position(execution, operation.id()));
                execution.callbackTimers.put(
                        operation.id(), CallbackTimer.started(update.callbackOptions(), store.now()));
            }
            case CHAINED_INVOKE ->
                starts.invoke(
                        execution, operation, update.chainedInvokeOptions().functionName(), update.payload());
            case EXECUTION -> {
                boolean succeeded = operation.status() == OperationStatus.SUCCEEDED;
                ErrorObject error = succeeded ? null : update.error();
                ExecutionStatus status = succeeded ? ExecutionStatus.SUCCEEDED : ExecutionStatus.FAILED;
                endings.end(execution, status, update.payload(), error);
            }
            default -> {}
        }
    }

    private CheckpointUpdatedExecutionState told(Incarnation incarnation, List<Operation> operations) {
        Pages.Page page = incarnation.pages.begin(operations);
        operations.forEach(operation -> incarnation.heard.add(operation.id()));
        incarnation.told = incarnation.execution.log.changes();
        return CheckpointUpdatedExecutionState.builder()
                .operations(Shown.to(page.operations(), settings.pollAfter()))
                .nextMarker(page.next())
                .build();
    }

    private static void checkToken(Incarnation incarnation, String arn, @Nullable String token) {
        if (token == null || token.isEmpty()) {
            throw Refusals.invalid("CheckpointToken is missing");
        }
        boolean mine = incarnation.current() && incarnation.execution.arn.equals(arn);
        if (!mine || !incarnation.token.equals(token)) {
            throw Refusals.invalidToken();
        }
    }

    /** An answer without news is worth nothing: a short pause keeps a function that asks again at once from keeping us busy. */
    private void awaitNews(Incarnation incarnation) {
        long deadline = System.nanoTime() + settings.pause().toNanos();
        synchronized (store) {
            while (incarnation.current()
                    && incarnation.execution.log.changes() == incarnation.told
                    && System.nanoTime() < deadline) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(store, deadline - System.nanoTime());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
