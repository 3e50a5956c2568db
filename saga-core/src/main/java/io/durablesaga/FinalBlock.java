package io.durablesaga;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps and captures inside a {@code parallel} or {@code forEach} past the pivot.
 *
 * @param <S> what bodies see here
 */
public final class FinalBlock<S extends Scope<?>> {
    private final Definition definition;
    private final List<Node> nodes = new ArrayList<>();

    FinalBlock(Definition definition) {
        this.definition = definition;
    }

    /** One external effect that will happen, sooner or later. */
    public <R extends @Nullable Object> FinalBlock<S> step(StepKey<R> key, Action<S, R> action) {
        return step(key, StepOptions.DEFAULT, action);
    }

    /** One external effect that will happen, sooner or later, attempted this way. */
    public <R extends @Nullable Object> FinalBlock<S> step(StepKey<R> key, StepOptions options, Action<S, R> action) {
        definition.claim(key);
        nodes.add(new Node.Step(
                key,
                definition.require(key.name(), options, "options"),
                Steps.erased(definition.require(key.name(), action, "action")),
                Undo.irreversible("it comes after the pivot")));
        return this;
    }

    /** Records a value. */
    public <R extends @Nullable Object> FinalBlock<S> capture(StepKey<R> key, Action<S, R> body) {
        definition.claim(key);
        nodes.add(
                new Node.Capture(key, StepOptions.DEFAULT, Steps.erased(definition.require(key.name(), body, "body"))));
        return this;
    }

    List<Node> nodes() {
        return nodes;
    }
}
