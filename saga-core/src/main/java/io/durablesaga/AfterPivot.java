package io.durablesaga;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The vocabulary past the point of no return: nothing here has an undo, and nothing can unwind. A step is attempted to its
 * budget and then parked for a person; a rejection parks at once.
 *
 * @param <I> the type of the saga's input
 */
public final class AfterPivot<I> extends Steps<I, View<I>, Scope<I>, AfterPivot<I>> {
    private final SagaBuilder<I> saga;

    AfterPivot(Definition definition, List<Node> nodes, SagaBuilder<I> saga) {
        super(definition, nodes);
        this.saga = saga;
    }

    /** One external effect that will happen, sooner or later. */
    public <R extends @Nullable Object> AfterPivot<I> step(StepKey<R> key, Action<Scope<I>, R> action) {
        return step(key, StepOptions.DEFAULT, action);
    }

    /** One external effect that will happen, sooner or later, attempted this way. */
    public <R extends @Nullable Object> AfterPivot<I> step(
            StepKey<R> key, StepOptions options, Action<Scope<I>, R> action) {
        return add(stepped(key, options, action, pastPivot()));
    }

    /** Steps and captures that run at the same time. */
    public AfterPivot<I> parallel(String name, Consumer<FinalBlock<Scope<I>>> members) {
        definition.claim(name);
        List<Node> plain = finalNodes(new FinalBlock<>(definition), members);
        if (plain.size() < 2) {
            throw definition.refuse(
                    name, "a parallel of " + plain.size() + " members", "give it two, or use a plain step");
        }
        List<Node.Branch> branches =
                plain.stream().map(node -> new Node.Branch(null, List.of(node))).toList();
        return add(new Node.Parallel(name, branches, false));
    }

    /** The same steps and captures for every item of a list; see {@link BeforePivot#forEach}. */
    public <T> AfterPivot<I> forEach(
            String name,
            Bound bound,
            Function<View<I>, ? extends List<? extends T>> items,
            Function<? super T, String> itemKey,
            Consumer<FinalBlock<ItemScope<I, T>>> body) {
        definition.claim(name);
        return add(eachOf(name, bound, items, itemKey, finalNodes(new FinalBlock<>(definition), body)));
    }

    /** Looks until there is something; running out of looks, or a rejected look, yields the given value. */
    public <R> AfterPivot<I> poll(StepKey<R> key, Polling.Or<R> polling, Action<Scope<I>, Optional<R>> look) {
        return add(polled(key, polling.polling(), polling.value(), look));
    }

    /**
     * Sends a callback's id out and waits for somebody to complete it. A timeout yields the given value; so does a callback
     * that was failed or cannot be read, since nothing may unwind here.
     */
    public <R> AfterPivot<I> await(StepKey<R> key, Within.Or<R> within, Notification<Scope<I>> notification) {
        return add(awaited(
                key,
                StepOptions.DEFAULT,
                within.within(),
                within.value(),
                notification,
                AfterPivot.<Scope<I>, R>pastPivot()));
    }

    /** Ends the definition with what the saga yields, a pure function of its results. */
    public <O> Saga<I, O> returning(Class<O> type, Function<View<I>, O> result) {
        close();
        return saga.build(type, result);
    }

    /** Ends the definition with what the saga yields, of a generic type. */
    public <O> Saga<I, O> returning(TypeReference<O> type, Function<View<I>, O> result) {
        close();
        return saga.build(type.getType(), result);
    }

    /** Ends the definition of a saga that yields nothing. */
    public Saga<I, @Nullable Void> returningNothing() {
        close();
        return saga.build(Void.class, view -> null);
    }

    private static <S, R extends @Nullable Object> Undo<S, R> pastPivot() {
        return Undo.irreversible("it comes after the pivot");
    }

    private static <S extends Scope<?>> List<Node> finalNodes(FinalBlock<S> block, Consumer<FinalBlock<S>> content) {
        content.accept(block);
        return block.nodes();
    }
}
