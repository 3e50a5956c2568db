package io.durablesaga;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A saga: named nodes, built once by {@link SagaBuilder}, immutable, independent of any engine. Because it is data it can be
 * checked, previewed and measured without being run.
 *
 * @param <I> the type of its input
 * @param <O> the type of what it yields
 */
public final class Saga<I, O extends @Nullable Object> {
    private final String name;
    private final Type inputType;
    private final Type outputType;
    private final List<Node> nodes;
    private final Function<ItemView<Object, Object>, @Nullable Object> returning;

    Saga(
            String name,
            Type inputType,
            Type outputType,
            List<Node> nodes,
            Function<ItemView<Object, Object>, @Nullable Object> returning) {
        this.name = name;
        this.inputType = inputType;
        this.outputType = outputType;
        this.nodes = List.copyOf(nodes);
        this.returning = returning;
    }

    /** The name it is registered and started under. */
    public String name() {
        return name;
    }

    /** The type its input is read as. */
    public Type inputType() {
        return inputType;
    }

    /** The type its result is read as. */
    public Type outputType() {
        return outputType;
    }

    /** The tree, in definition order. */
    public List<Node> nodes() {
        return nodes;
    }

    /**
     * This saga with other bodies, for tools that put something around them: the same names, types and structure.
     *
     * @throws SagaDefinitionException if a node is called otherwise or of another kind
     */
    public Saga<I, O> decorated(
            List<Node> otherNodes, Function<ItemView<Object, Object>, @Nullable Object> otherReturning) {
        Saga<I, O> other = new Saga<>(name, inputType, outputType, otherNodes, otherReturning);
        if (!other.shape().equals(shape())) {
            throw new SagaDefinitionException(
                    name, "decorated as " + other.shape() + " where it is " + shape(), "replace bodies only");
        }
        return other;
    }

    private List<String> shape() {
        return everyNode().stream()
                .map(node -> node.getClass().getSimpleName() + " " + node.name())
                .toList();
    }

    /** Every node in definition order, also those within others and those of nested sagas. */
    public List<Node> everyNode() {
        List<Node> all = new ArrayList<>();
        addWithInner(nodes, all);
        return List.copyOf(all);
    }

    private static void addWithInner(List<Node> some, List<Node> all) {
        for (Node node : some) {
            all.add(node);
            if (node instanceof Node.Parallel parallel) {
                parallel.branches().forEach(branch -> addWithInner(branch.nodes(), all));
            } else if (node instanceof Node.ForEach forEach) {
                addWithInner(forEach.body(), all);
            } else if (node instanceof Node.When when) {
                addWithInner(when.then(), all);
                addWithInner(when.otherwise(), all);
            } else if (node instanceof Node.Nested nested) {
                addWithInner(nested.saga().nodes(), all);
            }
        }
    }

    /** What maps the recorded results to the saga's own; pure. */
    public Function<ItemView<Object, Object>, @Nullable Object> returning() {
        return returning;
    }

    /** Whether there is a point of no return. */
    public boolean hasPivot() {
        return pivot().isPresent();
    }

    /** The point of no return, if there is one. */
    public Optional<Node.Pivot> pivot() {
        return nodes.stream()
                .filter(Node.Pivot.class::isInstance)
                .map(Node.Pivot.class::cast)
                .findFirst();
    }

    /** The most operations, bytes and time that an execution can take, rollback included. */
    public WorstCase worstCase() {
        return WorstCase.of(this);
    }

    /**
     * Which undos run, in which order, if this node fails.
     *
     * @throws IllegalArgumentException if the saga has no such node
     */
    public Preview preview(StepKey<?> failingAt) {
        return preview(failingAt.name());
    }

    /**
     * Which undos run, in which order, if the node at this path fails; a plain name stands for the only node of that name.
     *
     * @throws IllegalArgumentException if the saga has no such node
     */
    public Preview preview(String failingAt) {
        return Preview.of(this, failingAt);
    }

    @Override
    public String toString() {
        return "saga '" + name + "'";
    }
}
