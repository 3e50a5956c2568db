package io.durablesaga.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The results that a saga's own lambdas may ask for, in definition order. */
final class Keys {
    private final List<Key> keys = new ArrayList<>();

    /** A key, and whether there is one result for each item. */
    record Key(String name, boolean perItem) {}

    private Keys() {}

    static List<Key> of(SagaSpec saga) {
        Keys keys = new Keys();
        keys.add(saga.all(), false);
        return keys.keys;
    }

    private void add(List<NodeSpec> nodes, boolean perItem) {
        for (NodeSpec node : nodes) {
            if (node instanceof NodeSpec.Parallel parallel) {
                parallel.members().forEach(member -> add(member.nodes(), perItem));
            } else if (node instanceof NodeSpec.Each each) {
                add(each.body(), true);
            } else if (node instanceof NodeSpec.When when) {
                add(when.then(), perItem);
                add(when.otherwise(), perItem);
            } else if (!(node instanceof NodeSpec.Sleep)) {
                keys.add(new Key(Objects.requireNonNull(node.name()), perItem));
            }
        }
    }
}
