package io.durablesaga;

import java.util.ArrayList;

/**
 * A list of nodes inside another node. Has no pivot: that stands only at the top level of the root saga.
 *
 * @param <I> the type of the saga's input
 * @param <V> what pure lambdas see here
 * @param <S> what bodies see here
 */
public final class Block<I, V extends View<I>, S extends Scope<I>> extends BeforePivot<I, V, S, Block<I, V, S>> {
    Block(Definition definition) {
        super(definition, new ArrayList<>());
    }
}
