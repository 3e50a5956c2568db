package io.durablesaga.testing.rehearsal;

import io.durablesaga.Node;
import io.durablesaga.Saga;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Where steps stand in a definition: which node a path means, and which of two comes first. */
final class Order {
    private final Saga<?, ?> saga;
    private final Map<String, Optional<Standing>> known = new HashMap<>();
    private final Map<String, Integer> items = new HashMap<>();

    /** A node and the way to it: at each level a place, and whether places of this level follow one another. */
    private record Standing(Node node, List<Level> levels) {}

    /**
     * One of several places.
     *
     * @param ordered whether these places follow one another
     * @param beside whether they are members of one group, so that no undo in one holds those in the others
     */
    private record Level(boolean ordered, boolean beside, int place) {}

    Order(Saga<?, ?> saga) {
        this.saga = saga;
    }

    /** The node at this path; items must be asked for in the order of their list. */
    Optional<Node> node(String path) {
        return standing(path).map(Standing::node);
    }

    /** Whether the first must have ended before the second starts. */
    boolean before(String first, String second) {
        return before(first, second, Level::ordered);
    }

    /** Whether the undo of the one, if it may hold earlier ones and fails for good, holds that of the other. */
    boolean holds(String holder, String held) {
        return before(held, holder, level -> level.ordered() && !level.beside());
    }

    private boolean before(String first, String second, Predicate<Level> follows) {
        List<Level> one = levels(first);
        List<Level> other = levels(second);
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            if (one.get(i).place() != other.get(i).place()) {
                return follows.test(one.get(i))
                        && one.get(i).place() < other.get(i).place();
            }
        }
        return false;
    }

    /** Whether the saga has passed its point of no return when this starts. */
    boolean pastPivot(String path) {
        List<Level> levels = levels(path);
        return !levels.isEmpty()
                && saga.nodes().subList(0, levels.get(0).place()).stream().anyMatch(Node.Pivot.class::isInstance);
    }

    private List<Level> levels(String path) {
        return standing(path).map(Standing::levels).orElse(List.of());
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
                        inside(node, rest.substring(node.name().length()), and(levels, new Level(true, false, i)));
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
                Optional<Standing> found =
                        find(branch.nodes(), below.substring(name.length()), and(levels, new Level(false, true, i)));
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
            boolean ordered = forEach.bound().concurrency() == 1;
            Optional<Standing> found = find(forEach.body(), below, and(levels, new Level(ordered, true, place)));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static List<Level> and(List<Level> levels, Level next) {
        List<Level> more = new ArrayList<>(levels);
        more.add(next);
        return more;
    }
}
