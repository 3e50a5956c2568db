package io.durablesaga;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The vocabulary of a saga as long as it can still be undone.
 *
 * @param <I> the type of the saga's input
 * @param <V> what pure lambdas see here
 * @param <S> what bodies see here
 * @param <B> the builder itself, for chaining
 */
public abstract class BeforePivot<I, V extends View<I>, S extends Scope<I>, B extends BeforePivot<I, V, S, B>>
        extends Steps<I, V, S, B> {

    BeforePivot(Definition definition, List<Node> nodes) {
        super(definition, nodes);
    }

    /** One external effect and what undoes it. */
    public <R extends @Nullable Object> B step(StepKey<R> key, Action<S, R> action, Undo<S, R> undo) {
        return step(key, StepOptions.DEFAULT, action, undo);
    }

    /** One external effect and what undoes it, attempted this way. */
    public <R extends @Nullable Object> B step(
            StepKey<R> key, StepOptions options, Action<S, R> action, Undo<S, R> undo) {
        return add(stepped(key, options, action, undo));
    }

    /** Members that run at the same time and all to their own end; the first failure in definition order is the cause. */
    public B parallel(String name, Consumer<ParallelBlock<I, V, S>> members) {
        definition.claim(name);
        ParallelBlock<I, V, S> block = new ParallelBlock<>(definition);
        members.accept(block);
        return add(block.build(name));
    }

    /**
     * The same nodes for every item of a list.
     *
     * @param bound how many items there may be, and how many run at once
     * @param items the list, a pure function of the view
     * @param itemKey what tells an item from the others on every replay; it becomes part of the path
     * @param body the nodes, which see the item
     */
    public <T> B forEach(
            String name,
            Bound bound,
            Function<V, ? extends List<? extends T>> items,
            Function<? super T, String> itemKey,
            Consumer<Block<I, ItemView<I, T>, ItemScope<I, T>>> body) {
        definition.claim(name);
        return add(eachOf(name, bound, items, itemKey, blockOf(new Block<>(definition), body)));
    }

    /** Runs the nodes only where the condition holds. */
    public B when(String name, Predicate<V> condition, Consumer<Block<I, V, S>> then) {
        return when(name, condition, then, otherwise -> {});
    }

    /** Runs one of two blocks. */
    public B when(
            String name, Predicate<V> condition, Consumer<Block<I, V, S>> then, Consumer<Block<I, V, S>> otherwise) {
        definition.claim(name);
        List<Node> held = definition.requireNodes(name, blockOf(new Block<>(definition), then));
        List<Node> not = blockOf(new Block<>(definition), otherwise);
        return add(new Node.When(name, erased(definition.require(name, condition, "condition")), held, not));
    }

    /** Looks until there is something; running out of looks unwinds. Looking has no effect, so there is no undo. */
    public <R> B poll(StepKey<R> key, Polling polling, Action<S, Optional<R>> look) {
        return add(polled(key, polling, null, look));
    }

    /** Looks until there is something; running out of looks yields the given value. */
    public <R> B poll(StepKey<R> key, Polling.Or<R> polling, Action<S, Optional<R>> look) {
        return add(polled(key, polling.polling(), polling.value(), look));
    }

    /** Sends a callback's id out and waits for somebody to complete it; a timeout unwinds. */
    public <R> B await(StepKey<R> key, Within within, Notification<S> notification, Undo<S, R> undo) {
        return add(awaited(key, StepOptions.DEFAULT, within, null, notification, undo));
    }

    /** Sends a callback's id out and waits for somebody to complete it; a timeout yields the given value. */
    public <R> B await(StepKey<R> key, Within.Or<R> within, Notification<S> notification, Undo<S, R> undo) {
        return add(awaited(key, StepOptions.DEFAULT, within.within(), within.value(), notification, undo));
    }

    /** As {@link #await(StepKey, Within, Notification, Undo)}, the notification attempted this way. */
    public <R> B await(
            StepKey<R> key, StepOptions options, Within within, Notification<S> notification, Undo<S, R> undo) {
        return add(awaited(key, options, within, null, notification, undo));
    }

    /** As {@link #await(StepKey, Within.Or, Notification, Undo)}, the notification attempted this way. */
    public <R> B await(
            StepKey<R> key, StepOptions options, Within.Or<R> within, Notification<S> notification, Undo<S, R> undo) {
        return add(awaited(key, options, within.within(), within.value(), notification, undo));
    }

    /**
     * Runs another durable function (on the embedded engine: another registered saga) and takes its result. Where it was
     * itself compensated, this node is rejected; any other failure of it leaves the outcome unknown.
     */
    public <R extends @Nullable Object> B invoke(
            StepKey<R> key, String target, Function<V, ?> payload, Undo<S, R> undo) {
        definition.claim(key);
        if (target == null || target.isBlank()) {
            throw definition.refuse(key.name(), "no target to invoke", "name the function or saga");
        }
        return add(new Node.Invoke(
                key, target, erased(definition.require(key.name(), payload, "payload")), undoOf(key, undo)));
    }

    /** Another saga, inlined under this name; this saga reads its result only. */
    public <N, R extends @Nullable Object> B saga(StepKey<R> key, Saga<N, R> nested, Function<V, N> input) {
        definition.claim(key);
        if (definition.require(key.name(), nested, "nested saga").hasPivot()) {
            throw definition.refuse(
                    key.name(),
                    "the nested saga '" + nested.name() + "' has a pivot",
                    "a pivot stands only at the top level of the root saga: invoke that saga instead, or move the pivot");
        }
        return add(new Node.Nested(key, nested, erased(definition.require(key.name(), input, "input"))));
    }

    static <C extends BeforePivot<?, ?, ?, C>> List<Node> blockOf(C block, Consumer<? super C> content) {
        content.accept(block);
        block.close();
        return block.nodes;
    }
}
