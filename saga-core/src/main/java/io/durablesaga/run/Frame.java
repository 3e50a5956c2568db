package io.durablesaga.run;

import io.durablesaga.StepKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The results that one line of control can see: its own and those recorded before it branched off. Siblings do not see each
 * other; their results are merged when they have joined, in definition order.
 */
final class Frame {
    private final String saga;
    private final Object input;
    private final @Nullable Frame outer;
    private final @Nullable Object item;
    private final Map<String, Recorded> results = new LinkedHashMap<>();
    private final Map<String, Map<String, Recorded>> itemResults = new LinkedHashMap<>();

    private record Recorded(StepKey<?> key, @Nullable Object value) {}

    private Frame(String saga, Object input, @Nullable Frame outer, @Nullable Object item) {
        this.saga = saga;
        this.input = input;
        this.outer = outer;
        this.item = item;
    }

    static Frame root(String saga, Object input) {
        return new Frame(saga, input, null, null);
    }

    Frame branch() {
        return new Frame(saga, input, this, item);
    }

    Frame item(Object ofItem) {
        return new Frame(saga, input, this, ofItem);
    }

    Object input() {
        return input;
    }

    Object item() {
        if (item == null) {
            throw new IllegalStateException("saga '" + saga + "': there is no item outside a forEach");
        }
        return item;
    }

    void put(StepKey<?> key, @Nullable Object value) {
        results.put(key.name(), new Recorded(key, value));
    }

    void merge(Frame branch) {
        results.putAll(branch.results);
        branch.itemResults.forEach((name, byItem) ->
                itemResults.computeIfAbsent(name, n -> new LinkedHashMap<>()).putAll(byItem));
    }

    void mergeItem(String itemKey, Frame ofItem) {
        ofItem.results.forEach((name, recorded) ->
                itemResults.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(itemKey, recorded));
        ofItem.itemResults.forEach((name, byItem) -> byItem.forEach((inner, recorded) ->
                itemResults.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(itemKey + "/" + inner, recorded)));
    }

    @Nullable
    Object result(StepKey<?> key) {
        return lookUp(key)
                .orElseThrow(() -> new IllegalStateException("saga '" + saga + "': no result of '"
                        + key.name() + "' here: it has not completed, or not on this way, or a person settled it;"
                        + " find(...) reads what may be missing; completed are " + completed()))
                .value();
    }

    Optional<Object> find(StepKey<?> key) {
        return lookUp(key).map(Recorded::value);
    }

    Map<String, Object> results(StepKey<?> key) {
        for (Frame frame = this; frame != null; frame = frame.outer) {
            Map<String, Recorded> byItem = frame.itemResults.get(key.name());
            if (byItem != null) {
                Map<String, Object> values = new LinkedHashMap<>();
                byItem.forEach((itemKey, recorded) -> {
                    Object value = checked(key, recorded).value();
                    if (value != null) {
                        values.put(itemKey, value);
                    }
                });
                return values;
            }
        }
        return Map.of();
    }

    private Optional<Recorded> lookUp(StepKey<?> key) {
        for (Frame frame = this; frame != null; frame = frame.outer) {
            Recorded recorded = frame.results.get(key.name());
            if (recorded != null) {
                return Optional.of(checked(key, recorded));
            }
        }
        return Optional.empty();
    }

    private Recorded checked(StepKey<?> key, Recorded recorded) {
        if (!recorded.key().type().equals(key.type())) {
            throw new IllegalStateException("saga '" + saga + "': '" + key.name() + "' was defined with type "
                    + recorded.key().type().getTypeName() + " and is read with type "
                    + key.type().getTypeName() + "; use one key for both");
        }
        return recorded;
    }

    private String completed() {
        Map<String, Recorded> visible = new LinkedHashMap<>();
        for (Frame frame = this; frame != null; frame = frame.outer) {
            visible.putAll(frame.results);
        }
        return visible.keySet().toString();
    }
}
