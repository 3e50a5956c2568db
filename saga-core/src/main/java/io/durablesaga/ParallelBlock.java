package io.durablesaga;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The members of a {@code parallel}. A member cannot see the results of the others; what follows the parallel sees all.
 *
 * @param <I> the type of the saga's input
 * @param <V> what pure lambdas see here
 * @param <S> what bodies see here
 */
public final class ParallelBlock<I, V extends View<I>, S extends Scope<I>> {
    private final Definition definition;
    private final List<Node.Branch> branches = new ArrayList<>();
    private boolean undoInParallel;

    ParallelBlock(Definition definition) {
        this.definition = definition;
    }

    /** A member of one step. */
    public <R extends @Nullable Object> ParallelBlock<I, V, S> step(
            StepKey<R> key, Action<S, R> action, Undo<S, R> undo) {
        return plain(member().step(key, action, undo));
    }

    /** A member of one step, attempted this way. */
    public <R extends @Nullable Object> ParallelBlock<I, V, S> step(
            StepKey<R> key, StepOptions options, Action<S, R> action, Undo<S, R> undo) {
        return plain(member().step(key, options, action, undo));
    }

    /** A member of one captured value. */
    public <R extends @Nullable Object> ParallelBlock<I, V, S> capture(StepKey<R> key, Action<S, R> body) {
        return plain(member().capture(key, body));
    }

    /** A member of several nodes. */
    public ParallelBlock<I, V, S> branch(String name, Consumer<Block<I, V, S>> content) {
        definition.claim(name);
        List<Node> nodes = definition.requireNodes(name, BeforePivot.blockOf(member(), content));
        branches.add(new Node.Branch(name, nodes));
        return this;
    }

    /** Undoes the members at the same time too, instead of one by one in reverse order. */
    public ParallelBlock<I, V, S> undoInParallel() {
        undoInParallel = true;
        return this;
    }

    Node.Parallel build(String name) {
        if (branches.size() < 2) {
            throw definition.refuse(
                    name, "a parallel of " + branches.size() + " members", "give it two, or use a plain step");
        }
        return new Node.Parallel(name, branches, undoInParallel);
    }

    private ParallelBlock<I, V, S> plain(Block<I, V, S> block) {
        branches.add(new Node.Branch(null, block.nodes));
        return this;
    }

    private Block<I, V, S> member() {
        return new Block<>(definition);
    }
}
