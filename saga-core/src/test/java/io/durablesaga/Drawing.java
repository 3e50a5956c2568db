package io.durablesaga;

import java.util.ArrayList;
import java.util.List;

/** A tree as lines of text, two blanks deeper per level. */
final class Drawing implements Node.Visitor<List<String>> {

    static List<String> of(List<Node> nodes) {
        Drawing drawing = new Drawing();
        return nodes.stream().flatMap(node -> node.accept(drawing).stream()).toList();
    }

    @Override
    public List<String> validate(Node.Validate node) {
        return List.of("validate " + node.name());
    }

    @Override
    public List<String> capture(Node.Capture node) {
        return List.of("capture " + node.name());
    }

    @Override
    public List<String> step(Node.Step node) {
        return List.of("step " + node.name() + " " + node.undo().getClass().getSimpleName());
    }

    @Override
    public List<String> parallel(Node.Parallel node) {
        List<String> lines = new ArrayList<>();
        lines.add("parallel " + node.name() + (node.undoInParallel() ? " undoInParallel" : ""));
        node.branches().forEach(branch -> {
            lines.add("  branch " + branch.name());
            lines.addAll(indented(indented(of(branch.nodes()))));
        });
        return lines;
    }

    @Override
    public List<String> forEach(Node.ForEach node) {
        return with("forEach " + node.name() + " " + node.bound().atMost(), node.body());
    }

    @Override
    public List<String> when(Node.When node) {
        List<String> lines = new ArrayList<>(with("when " + node.name(), node.then()));
        lines.addAll(with("otherwise", node.otherwise()));
        return lines;
    }

    @Override
    public List<String> sleep(Node.Sleep node) {
        return List.of("sleep " + node.name() + " " + node.duration());
    }

    @Override
    public List<String> poll(Node.Poll node) {
        return List.of("poll " + node.name() + " " + node.polling().atMost() + " or " + node.orElse());
    }

    @Override
    public List<String> await(Node.Await node) {
        return List.of("await " + node.name() + " " + node.within().timeout() + " or " + node.orElse());
    }

    @Override
    public List<String> invoke(Node.Invoke node) {
        return List.of("invoke " + node.name() + " " + node.target());
    }

    @Override
    public List<String> nested(Node.Nested node) {
        return with(
                "saga " + node.name() + " " + node.saga().name(), node.saga().nodes());
    }

    @Override
    public List<String> pivot(Node.Pivot node) {
        return List.of("pivot " + node.parking().timeout());
    }

    private static List<String> with(String first, List<Node> nodes) {
        List<String> lines = new ArrayList<>();
        lines.add(first);
        lines.addAll(indented(of(nodes)));
        return lines;
    }

    private static List<String> indented(List<String> lines) {
        return lines.stream().map(line -> "  " + line).toList();
    }
}
