package io.durablesaga.testing.rehearsal;

import io.durablesaga.Node;
import io.durablesaga.Saga;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where steps stand in a definition: which node a path means, and which of two comes first. */
final class Order {
    private final Saga<?, ?> saga;
    private final Map<String, Optional<Standing>> known = new HashMap<>();
    private final Map<String, Integer> items = new HashMap<>();

    /** A node and the way to it: at each level a place, and whether places of this level follow one another. */
    private record Standing(Node node, List<Level> levels) {}

    private record Level(boolean ordered, int place) {}

    Order(Saga<?, ?> saga) {
        this.saga = saga;
    }

    /** The node at this path; items must be asked for in the order of their list. */
    Optional<Node> node(String path) {
        return standing(path).map(Standing::node);
    }

    /** Whether the first must have ended before the second starts. */
    boolean before(String first, String second) {
        List<Level> one = standing(first).map(Standing::levels).orElse(List.of());
        List<Level> other = standing(second).map(Standing::levels).orElse(List.of());
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            if (one.get(i).place() != other.get(i).place()) {
                return one.get(i).ordered() && one.get(i).place() < other.get(i).place();
            }
        }
        return false;
    }

    private Optional<Standing> standing(String path) {
        Optional<Standing> before = known.get(path);
        if (before == null) {
            before = find(saga.nodes(), path, List.of());
            known.put(path, before);
        }
        return before;
    }

    private Optional<Standing> find(List<Node> nodes, String rest, List<Level> levels) {
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (rest.startsWith(node.name())) {
                Optional<Standing> found =
                        inside(node, rest.substring(node.name().length()), and(levels, true, i));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Standing> inside(Node node, String rest, List<Level> levels) {
        if (rest.isEmpty()) {
            return Optional.of(new Standing(node, levels));
        }
        if (node instanceof Node.ForEach forEach && rest.startsWith("[")) {
            return item(forEach, rest, levels);
        }
        if (!rest.startsWith("/")) {
            return Optional.empty();
        }
        String below = rest.substring(1);
        if (node instanceof Node.When when) {
            return find(when.then(), below, levels).or(() -> find(when.otherwise(), below, levels));
        }
        if (node instanceof Node.Nested nested) {
            return find(nested.saga().nodes(), below, levels);
        }
        return node instanceof Node.Parallel parallel ? branch(parallel, below, levels) : Optional.empty();
    }

    private Optional<Standing> branch(Node.Parallel parallel, String below, List<Level> levels) {
        for (int i = 0; i < parallel.branches().size(); i++) {
            Node.Branch branch = parallel.branches().get(i);
            String name = branch.name() == null ? "" : branch.name() + "/";
            if (below.startsWith(name)) {
                Optional<Standing> found = find(branch.nodes(), below.substring(name.length()), and(levels, false, i));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Standing> item(Node.ForEach forEach, String rest, List<Level> levels) {
        for (int end = rest.indexOf("]/"); end > 0; end = rest.indexOf("]/", end + 1)) {
            String item = rest.substring(1, end);
            String below = rest.substring(end + 2);
            int place = items.computeIfAbsent(levels + forEach.name() + item, key -> items.size());
            Optional<Standing> found =
                    find(forEach.body(), below, and(levels, forEach.bound().concurrency() == 1, place));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static List<Level> and(List<Level> levels, boolean ordered, int place) {
        List<Level> more = new ArrayList<>(levels);
        more.add(new Level(ordered, place));
        return more;
    }
}
