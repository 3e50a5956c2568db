package io.durablesaga.lambda.service;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.lambda.model.Operation;

/** The operations of one execution, and who has heard of their last change. Guarded by the store. */
final class OperationLog {
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<String, Long> changed = new HashMap<>();
    private final Set<String> news = new LinkedHashSet<>();
    private final Set<String> unwritten = new LinkedHashSet<>();
    private long changes;
    private long lastFromOutside;

    Optional<Operation> find(String id) {
        return Optional.ofNullable(operations.get(id));
    }

    /** In the order in which they were first recorded. */
    List<Operation> all() {
        return List.copyOf(operations.values());
    }

    /** An invocation changes an operation. */
    void write(Operation operation) {
        operations.put(operation.id(), operation);
        changes++;
        changed.put(operation.id(), changes);
    }

    /** Something else does: a timer, somebody who answers, a function that ends. */
    void writeFromOutside(Operation operation) {
        write(operation);
        lastFromOutside = changes;
        news.add(operation.id());
        if (Endings.terminal(operation.status())) {
            unwritten.add(operation.id());
        }
    }

    /** What has ended from outside since an invocation wrote last. */
    List<Operation> endedOutside() {
        return unwritten.stream().map(operations::get).toList();
    }

    /** An invocation writes, and what has ended from outside is known with it. */
    void wrote(Collection<Operation> endedOutside) {
        endedOutside.forEach(operation -> unwritten.remove(operation.id()));
    }

    /** How many changes there have been. */
    long changes() {
        return changes;
    }

    /** What has changed since there had been so many changes. */
    List<Operation> changedSince(long before) {
        return operations.values().stream()
                .filter(operation -> changed.getOrDefault(operation.id(), 0L) > before)
                .toList();
    }

    boolean changedFromOutsideSince(long before) {
        return lastFromOutside > before;
    }

    /** What has changed from outside, and no invocation that ended normally has been told. */
    List<String> news() {
        return List.copyOf(news);
    }

    /** An invocation that ended normally had been told of these, when there had been so many changes. */
    void heard(Collection<String> ids, long before) {
        ids.stream().filter(id -> changed.getOrDefault(id, 0L) <= before).forEach(news::remove);
    }
}
