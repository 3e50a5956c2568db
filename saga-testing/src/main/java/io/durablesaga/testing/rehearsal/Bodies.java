package io.durablesaga.testing.rehearsal;

import io.durablesaga.ItemScope;
import io.durablesaga.Node;
import io.durablesaga.Saga;
import org.jspecify.annotations.Nullable;

/** Stands around the bodies of a saga under test. */
interface Bodies {
    /** The saga as the current incarnation has built it. */
    Built built();

    /**
     * An attempt of an action or undo.
     *
     * @param repeats whether its provider answers a repeated key with the first answer, a rejection included
     */
    @Nullable
    Object effect(String operation, ItemScope<Object, Object> scope, boolean repeats, Code code) throws Exception;

    /** An attempt of a body without effect. */
    @Nullable
    Object look(String operation, ItemScope<Object, Object> scope, Code code) throws Exception;

    /** A callback's id is being sent out, and its effect has been had. */
    void sent(String path, String callbackId);

    /** An orchestration lambda of the node of this name. */
    @Nullable
    Object lambda(String name, Lambda lambda);

    /** What a body does. */
    @FunctionalInterface
    interface Code {
        /** Does it. */
        @Nullable
        Object run() throws Exception;
    }

    /** What an orchestration lambda works out. */
    @FunctionalInterface
    interface Lambda {
        /** Works it out. */
        @Nullable
        Object value();
    }

    /** The node of the current incarnation at this place. */
    default <N extends Node> N node(int place, Class<N> type) {
        return type.cast(built().node(place));
    }

    /** The saga of a nested node. */
    default Saga<?, ?> nested(int place) {
        return node(place, Node.Nested.class).saga();
    }
}
