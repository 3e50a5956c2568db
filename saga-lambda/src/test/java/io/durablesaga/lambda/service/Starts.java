package io.durablesaga.lambda.service;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;

/** Starts executions, each name once: the same name with the same bytes is the same execution, whatever has become of it. */
final class Starts {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-_]{1,64}");

    private final Store store;
    private final Passage passage;
    private final Endings endings;

    Starts(Store store, Passage passage, Endings endings) {
        this.store = store;
        this.passage = passage;
        this.endings = endings;
    }

    /** Somebody starts an execution; its ARN. */
    String start(String function, String name, String payload) {
        synchronized (store) {
            Optional<StoredExecution> existing = check(function, name, payload);
            if (existing.isPresent()) {
                return existing.get().arn;
            }
        }
        return passage.pass(new Call(Call.Kind.START, name), () -> {
            synchronized (store) {
                Optional<StoredExecution> existing = check(function, name, payload);
                StoredExecution execution = existing.orElseGet(() -> add(nameOf(function), name, payload, null));
                return execution.arn;
            }
        });
    }

    private Optional<StoredExecution> check(String function, String name, String payload) {
        if (!NAME.matcher(name).matches()) {
            throw Refusals.invalid("durableExecutionName '" + name + "' does not match " + NAME);
        }
        if (store.function(nameOf(function)) == null) {
            throw Refusals.notFound("Function not found: " + function);
        }
        Optional<StoredExecution> existing = store.find(name);
        existing.ifPresent(execution -> {
            if (!execution.payload.equals(payload) || !execution.function.equals(nameOf(function))) {
                throw Refusals.alreadyStarted(name);
            }
        });
        return existing;
    }

    /** An operation of an execution invokes a function; where there is none, the operation fails at once. Under the lock. */
    void invoke(StoredExecution from, Operation operation, String function, @Nullable String payload) {
        if (store.function(nameOf(function)) == null) {
            ErrorObject error = ErrorObject.builder()
                    .errorType("ResourceNotFoundException")
                    .errorMessage("Function not found: " + function)
                    .build();
            endings.change(
                    from,
                    Endings.invoked(operation, OperationStatus.FAILED.toString(), null, error)
                            .endTimestamp(store.now())
                            .build());
            return;
        }
        String name = "invoked-" + store.nextId();
        add(
                nameOf(function),
                name,
                payload == null ? "null" : payload,
                new StoredExecution.Waiter(from, operation.id()));
    }

    private StoredExecution add(String function, String name, String payload, StoredExecution.@Nullable Waiter waiter) {
        String id = "00000000-0000-4000-8000-" + String.format("%012d", store.nextId());
        StoredExecution execution = new StoredExecution(
                id,
                function,
                name,
                payload,
                store.now(),
                store.now().plus(store.function(function).timeout()),
                waiter);
        execution.written = Sizes.bytes(payload);
        store.add(execution);
        return execution;
    }

    /** The name in an ARN or in a name with a version or an alias. */
    static String nameOf(String function) {
        String marker = ":function:";
        int arn = function.indexOf(marker);
        String name = arn < 0 ? function : function.substring(arn + marker.length());
        int qualifier = name.indexOf(':');
        return qualifier < 0 ? name : name.substring(0, qualifier);
    }
}
