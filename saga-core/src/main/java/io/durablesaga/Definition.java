package io.durablesaga;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The saga under construction, shared by all builders of its parts: its name, and every name it has used. */
final class Definition {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,47}");
    static final String NAME_RULE = "use a letter, then letters, digits, '-' or '_', at most 48 characters in all";

    private final String saga;
    private final Set<String> names = new HashSet<>();

    Definition(String saga) {
        if (saga == null || !NAME.matcher(saga).matches()) {
            throw new SagaDefinitionException(String.valueOf(saga), "malformed saga name", NAME_RULE);
        }
        this.saga = saga;
    }

    String saga() {
        return saga;
    }

    String claim(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw refuse(String.valueOf(name), "malformed name", NAME_RULE);
        }
        if (name.equals("pivot")) {
            throw refuse(name, "'pivot' is the name of the pivot itself", "choose another name");
        }
        if (!names.add(name)) {
            throw refuse(
                    name,
                    "the name is already used in this saga",
                    "give every node its own name: keys, journals and results are found by it");
        }
        return name;
    }

    String claim(@Nullable StepKey<?> key) {
        if (key == null) {
            throw new SagaDefinitionException(
                    saga, "the key of a node is null", "declare the key before the saga that uses it");
        }
        return claim(key.name());
    }

    <T> T require(String node, @Nullable T value, String parameter) {
        if (value == null) {
            throw refuse(node, parameter + " is null", "it is required");
        }
        return value;
    }

    SagaDefinitionException refuse(String node, String seen, String remedy) {
        return new SagaDefinitionException(saga, node, seen, remedy);
    }

    List<Node> requireNodes(String node, List<Node> nodes) {
        if (nodes.isEmpty()) {
            throw refuse(node, "it has no steps", "add at least one, or leave the node out");
        }
        return new ArrayList<>(nodes);
    }
}
