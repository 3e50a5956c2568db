package io.durablesaga.lambda.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the service remembers. Everything in it is guarded by its own lock, under which nobody calls out: neither functions nor
 * what a test has go wrong.
 */
final class Store {
    /** Long past, so that no timer of virtual time is ever due in a future that the durable SDK would wait for. */
    private static final Instant BEGINNING = Instant.parse("2000-01-01T00:00:00Z");

    /** Where a callback is. */
    record Position(StoredExecution execution, String operation) {}

    /** A function, and how long an execution of it may take. */
    record Registered(FunctionUnderTest function, Duration timeout) {}

    private final Map<String, StoredExecution> executions = new LinkedHashMap<>();
    private final Map<String, Registered> functions = new HashMap<>();
    private final Map<String, Position> callbacks = new HashMap<>();
    private Runnable onChange = () -> {};
    private Instant now = BEGINNING;
    private int ids;

    /** What looks after every change, under the lock. */
    void onChange(Runnable newOnChange) {
        onChange = newOnChange;
    }

    /** Whoever waits for anything looks again. Said last of a call, so that nothing begins before the call is over. */
    synchronized void changed() {
        onChange.run();
        notifyAll();
    }

    synchronized Instant now() {
        return now;
    }

    void now(Instant newNow) {
        now = newNow;
    }

    int nextId() {
        ids++;
        return ids;
    }

    /** Leaves those out that an execution from elsewhere may have. */
    void skipIds() {
        ids += 1_000;
    }

    Optional<StoredExecution> find(String name) {
        return Optional.ofNullable(executions.get(name));
    }

    StoredExecution execution(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("there is no execution '" + name + "'"));
    }

    /** In the order in which they were started. */
    Collection<StoredExecution> executions() {
        return List.copyOf(executions.values());
    }

    void add(StoredExecution execution) {
        executions.put(execution.name, execution);
    }

    List<StoredExecution> ofFunction(String function) {
        List<StoredExecution> found = new ArrayList<>(executions.values());
        found.removeIf(execution -> !execution.function.equals(function));
        return found;
    }

    @Nullable
    Registered function(String name) {
        return functions.get(name);
    }

    void function(String name, Registered function) {
        functions.put(name, function);
    }

    Optional<Position> callback(String id) {
        return Optional.ofNullable(callbacks.get(id));
    }

    void callback(String id, Position position) {
        callbacks.put(id, position);
    }
}
