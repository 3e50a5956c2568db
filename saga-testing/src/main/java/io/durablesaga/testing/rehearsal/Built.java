package io.durablesaga.testing.rehearsal;

import io.durablesaga.ItemView;
import io.durablesaga.Node;
import io.durablesaga.Saga;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A saga as one incarnation has built it: its nodes in the order of its definition, those of nested sagas included. */
final class Built {
    private final Saga<?, ?> saga;
    private final List<Node> nodes;

    Built(Saga<?, ?> saga) {
        this.saga = saga;
        this.nodes = saga.everyNode();
    }

    Saga<?, ?> saga() {
        return saga;
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Refuses names, or paths, of steps that are not there; {@code *} is all of them. */
    void requireSteps(Collection<String> steps) {
        for (String step : steps) {
            String name = step.substring(step.lastIndexOf('/') + 1);
            if (!step.equals("*")
                    && nodes.stream().noneMatch(node -> node.name().equals(name))) {
                throw new IllegalArgumentException("saga '" + saga.name() + "' has no step '" + step + "'; it has "
                        + nodes.stream().map(Node::name).toList());
            }
        }
    }

    /** The node at this place. */
    Node node(int place) {
        return nodes.get(place);
    }

    Function<ItemView<Object, Object>, @Nullable Object> returning() {
        return saga.returning();
    }

    /** What it looks like from outside; the same for every incarnation. */
    List<String> shape() {
        return nodes.stream()
                .map(node -> node.getClass().getSimpleName() + " " + node.name())
                .toList();
    }
}
