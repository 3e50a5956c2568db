package io.durablesaga;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which undos run, in which order, when a node fails: read off the definition alone.
 *
 * @param failingAt the path of the failing node
 * @param undos what happens to each effect, first to last; empty past the pivot, where nothing is undone
 * @param pastPivot whether the node lies past the pivot: it parks instead
 */
public record Preview(String failingAt, List<Line> undos, boolean pastPivot) {

    /**
     * What happens to one effect.
     *
     * @param path the step
     * @param how what its undo says
     * @param condition when this happens, or null if always
     */
    public record Line(String path, How how, @Nullable String condition) {
        /** Path and kind are required. */
        public Line {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(how, "how");
        }

        @Override
        public String toString() {
            return how.words + " " + path + (condition == null ? "" : " (" + condition + ")");
        }
    }

    /** What the undo of a step says. */
    public enum How {
        /** A body undoes it. */
        UNDO("undo"),
        /** There is nothing to undo. */
        NOTHING_TO_UNDO("nothing to undo for"),
        /** It stays. */
        IRREVERSIBLE("irreversible:");

        private final String words;

        How(String words) {
            this.words = words;
        }
    }

    /** Copies the lines. */
    public Preview {
        undos = List.copyOf(undos);
    }

    @Override
    public String toString() {
        String what = pastPivot
                ? "nothing is undone past the pivot: it is retried, then parked for a person"
                : undos.isEmpty()
                        ? "there is nothing to undo"
                        : undos.stream().map(Line::toString).collect(Collectors.joining("\n  ", "", ""));
        return "if " + failingAt + " fails:\n  " + what;
    }

    static Preview of(Saga<?, ?> saga, String failingAt) {
        String path = pathOf(saga, failingAt);
        Walk walk = new Walk(path);
        walk.sequence(saga.nodes(), "", null);
        List<Line> reversed = new ArrayList<>(walk.effects);
        java.util.Collections.reverse(reversed);
        return new Preview(path, walk.pastPivot ? List.of() : reversed, walk.pastPivot);
    }

    /** The path itself, or the only path that ends in this name. */
    private static String pathOf(Saga<?, ?> saga, String failingAt) {
        Walk all = new Walk("");
        all.sequence(saga.nodes(), "", null);
        if (all.seen.contains(failingAt)) {
            return failingAt;
        }
        List<String> ending =
                all.seen.stream().filter(path -> path.endsWith("/" + failingAt)).toList();
        if (ending.isEmpty()) {
            throw new IllegalArgumentException(
                    "saga '" + saga.name() + "' has no node '" + failingAt + "'; it has " + all.seen);
        }
        if (ending.size() > 1) {
            throw new IllegalArgumentException("saga '" + saga.name() + "' has several nodes '" + failingAt
                    + "'; give the path of one of " + ending);
        }
        return ending.get(0);
    }

    /** Walks forward up to the failing node, collecting effects; a parallel that holds it is walked to its end. */
    private static final class Walk implements Node.Visitor<Boolean> {
        private final String target;
        private final List<Line> effects = new ArrayList<>();
        private final List<String> seen = new ArrayList<>();
        private String prefix = "";
        private @Nullable String condition;
        private boolean pastPivot;

        Walk(String target) {
            this.target = target;
        }

        /** Whether the failing node was reached in these nodes. */
        boolean sequence(List<Node> nodes, String within, @Nullable String when) {
            String outerPrefix = prefix;
            String outerCondition = condition;
            prefix = within;
            condition = when;
            boolean reached = false;
            for (Node node : nodes) {
                if (node.accept(this)) {
                    reached = true;
                    break;
                }
            }
            prefix = outerPrefix;
            condition = outerCondition;
            return reached;
        }

        @Override
        public Boolean validate(Node.Validate node) {
            return reached(node.name());
        }

        @Override
        public Boolean capture(Node.Capture node) {
            return reached(node.name());
        }

        @Override
        public Boolean step(Node.Step node) {
            return effect(node.name(), node.undo());
        }

        @Override
        public Boolean parallel(Node.Parallel node) {
            if (reached(node.name())) {
                return true;
            }
            String path = prefix + node.name() + "/";
            boolean reached = false;
            for (Node.Branch branch : node.branches()) {
                String inner = branch.name() == null ? path : path + branch.name() + "/";
                reached |= sequence(branch.nodes(), inner, condition);
            }
            return reached;
        }

        @Override
        public Boolean forEach(Node.ForEach node) {
            if (reached(node.name())) {
                return true;
            }
            String path = prefix + node.name() + "[*]/";
            int before = effects.size();
            boolean reached = sequence(node.body(), path, and("for the item that fails"));
            if (!reached) {
                effects.subList(before, effects.size()).clear();
            }
            Walk items = new Walk("");
            items.sequence(
                    node.body(),
                    path,
                    and(reached ? "for each other item that ran, last first" : "for each item, last first"));
            effects.addAll(before, items.effects);
            return reached;
        }

        @Override
        public Boolean when(Node.When node) {
            if (reached(node.name())) {
                return true;
            }
            String path = prefix + node.name() + "/";
            int before = effects.size();
            if (sequence(node.then(), path, condition)) {
                return true;
            }
            int between = effects.size();
            if (sequence(node.otherwise(), path, condition)) {
                effects.subList(before, between).clear();
                return true;
            }
            condition(before, between, "if '" + node.name() + "' held");
            condition(between, effects.size(), "if '" + node.name() + "' did not hold");
            return false;
        }

        @Override
        public Boolean sleep(Node.Sleep node) {
            return reached(node.name());
        }

        @Override
        public Boolean poll(Node.Poll node) {
            return reached(node.name());
        }

        @Override
        public Boolean await(Node.Await node) {
            boolean failing = reached(node.name());
            effects.add(line(node.name(), node.undo(), failing ? and("unless sending was rejected") : condition));
            return failing;
        }

        @Override
        public Boolean invoke(Node.Invoke node) {
            return effect(node.name(), node.undo());
        }

        @Override
        public Boolean nested(Node.Nested node) {
            return reached(node.name()) || sequence(node.saga().nodes(), prefix + node.name() + "/", condition);
        }

        @Override
        public Boolean pivot(Node.Pivot node) {
            pastPivot = true;
            return false;
        }

        private boolean effect(String name, Undo<?, ?> undo) {
            boolean failing = reached(name);
            effects.add(line(name, undo, failing ? and("if its outcome is unknown") : condition));
            return failing;
        }

        private Line line(String name, Undo<?, ?> undo, @Nullable String when) {
            How how = undo instanceof Undo.By<?, ?>
                    ? How.UNDO
                    : undo instanceof Undo.Nothing<?, ?> ? How.NOTHING_TO_UNDO : How.IRREVERSIBLE;
            return new Line(prefix + name, how, when);
        }

        private boolean reached(String name) {
            String path = prefix + name;
            seen.add(path);
            return path.equals(target);
        }

        private String and(String more) {
            return condition == null ? more : condition + ", " + more;
        }

        private void condition(int from, int to, String when) {
            for (int i = from; i < to; i++) {
                Line line = effects.get(i);
                effects.set(
                        i,
                        new Line(
                                line.path(),
                                line.how(),
                                line.condition() == null ? when : when + ", " + line.condition()));
            }
        }
    }
}
