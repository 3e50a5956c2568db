package io.durablesaga.lambda.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationAction;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;

/** What the updates of one checkpoint would make of an execution; changes nothing, and refuses all of them or none. */
final class Plan {
    private final StoredExecution execution;
    private final ServiceLimits limits;
    private final Instant now;
    private final Supplier<String> callbackIds;
    private final Map<String, Operation> planned = new HashMap<>();
    private final Map<String, OperationUpdate> seen = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private int operations;
    private long written;

    private Plan(StoredExecution execution, ServiceLimits limits, Instant now, Supplier<String> callbackIds) {
        this.execution = execution;
        this.limits = limits;
        this.now = now;
        this.callbackIds = callbackIds;
        this.operations = execution.operations;
        this.written = execution.written;
    }

    /** Throws what the service throws where it refuses. */
    static Plan of(
            StoredExecution execution,
            List<OperationUpdate> updates,
            ServiceLimits limits,
            Instant now,
            Supplier<String> callbackIds) {
        Plan plan = new Plan(execution, limits, now, callbackIds);
        for (int i = 0; i < updates.size(); i++) {
            boolean last = i == updates.size() - 1;
            if (updates.get(i).type() == OperationType.EXECUTION && !last) {
                throw Transitions.refused(updates.get(i), "is not the last update");
            }
            plan.add(updates.get(i));
        }
        return plan;
    }

    List<Change> changes() {
        return List.copyOf(changes);
    }

    /** How many operations the execution then has, retries included. */
    int operations() {
        return operations;
    }

    /** How many bytes have then been written. */
    long written() {
        return written;
    }

    private void add(OperationUpdate update) {
        if (update.id() == null || update.id().isEmpty() || update.type() == null || update.action() == null) {
            throw Transitions.refused(update, "lacks its id, type or action");
        }
        Operation before = before(update.id()).orElse(null);
        checkOnlyAfterItsStart(update);
        checkSame(before, update);
        checkParent(update);
        Sizes.check(update, limits);
        Operation after = Transitions.next(before, update, now, callbackIds);
        count(before, update);
        planned.put(update.id(), after);
        seen.put(update.id(), update);
        changes.add(new Change(update, after));
    }

    private Optional<Operation> before(String id) {
        return Optional.ofNullable(planned.get(id)).or(() -> execution.log.find(id));
    }

    /** One checkpoint holds one update per operation, or a start and one more. */
    private void checkOnlyAfterItsStart(OperationUpdate update) {
        OperationUpdate former = seen.get(update.id());
        if (former == null) {
            return;
        }
        boolean body = update.type() == OperationType.STEP || update.type() == OperationType.CONTEXT;
        if (!body || former.action() != OperationAction.START || update.action() == OperationAction.START) {
            throw Transitions.refused(update, "follows another update of it in the same checkpoint");
        }
    }

    private static void checkSame(@Nullable Operation before, OperationUpdate update) {
        if (before == null) {
            return;
        }
        if (before.type() != update.type()) {
            throw Transitions.refused(update, "changes its type, which is " + before.type());
        }
        if (update.type() == OperationType.EXECUTION) {
            return; // named by the service
        }
        if (!Objects.equals(before.name(), update.name())) {
            throw Transitions.refused(update, "changes its name, which is '" + before.name() + "'");
        }
        if (!Objects.equals(before.subType(), update.subType())) {
            throw Transitions.refused(update, "changes its subtype, which is " + before.subType());
        }
        if (!Objects.equals(before.parentId(), update.parentId())) {
            throw Transitions.refused(update, "changes its parent, which is " + before.parentId());
        }
    }

    private void checkParent(OperationUpdate update) {
        if (update.parentId() == null) {
            return;
        }
        boolean context = before(update.parentId())
                .filter(parent -> parent.type() == OperationType.CONTEXT)
                .isPresent();
        if (!context) {
            throw Transitions.refused(update, "has a parent that is no context of this execution");
        }
    }

    private void count(@Nullable Operation before, OperationUpdate update) {
        operations += before == null ? 1 : 0;
        operations += update.action() == OperationAction.RETRY ? 1 : 0;
        written += Sizes.bytes(update);
        if (operations > limits.operations()) {
            throw Transitions.refused(
                    update, "is more than the " + limits.operations() + " operations of an execution");
        }
        if (written > limits.writtenBytes()) {
            throw Transitions.refused(update, "is more than the " + limits.writtenBytes() + " bytes of an execution");
        }
    }
}
