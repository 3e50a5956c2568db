package io.durablesaga;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a body sees, laid out by hand. */
final class StubScope implements ItemScope<Object, Object> {
    private final Object input;
    private final Object item;
    private final Map<StepKey<?>, Object> results = new HashMap<>();

    StubScope(Object input, Object item) {
        this.input = input;
        this.item = item;
    }

    StubScope with(StepKey<?> key, Object result) {
        results.put(key, result);
        return this;
    }

    @Override
    public Object input() {
        return input;
    }

    @Override
    public Object item() {
        return item;
    }

    @Override
    @SuppressWarnings("unchecked") // a test puts what its key says
    public <R> R result(StepKey<R> key) {
        return (R) results.get(key);
    }

    @Override
    public <R> Optional<R> find(StepKey<R> key) {
        return Optional.ofNullable(result(key));
    }

    @Override
    public <R> Map<String, R> results(StepKey<R> key) {
        return Map.of("sku-1", result(key));
    }

    @Override
    public String key() {
        return "the-key";
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public String path() {
        return "the-path";
    }

    @Override
    public String executionName() {
        return "order-42";
    }
}
