package io.durablesaga.testing.rehearsal;

import io.durablesaga.Action;
import io.durablesaga.ItemScope;
import io.durablesaga.Node;
import io.durablesaga.Saga;
import io.durablesaga.Undo;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts bodies of our own around those of a saga. Ours look up, each time they run, what the current incarnation has built:
 * nothing that an earlier incarnation's bodies held on to is there any more.
 */
final class Decoration implements Node.Visitor<Node> {
    private final Bodies bodies;
    private int next;

    private Decoration(Bodies bodies) {
        this.bodies = bodies;
    }

    /** The saga with our bodies. */
    static <I, O extends @Nullable Object> Saga<I, O> of(Saga<I, O> saga, Bodies bodies) {
        Decoration decoration = new Decoration(bodies);
        return saga.decorated(
                decoration.all(saga.nodes()),
                view -> bodies.lambda(
                        "returning", () -> bodies.built().returning().apply(view)));
    }

    private List<Node> all(List<Node> nodes) {
        List<Node> decorated = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            decorated.add(node.accept(this));
        }
        return decorated;
    }

    @Override
    public Node validate(Node.Validate node) {
        int place = next++;
        return new Node.Validate(
                node.name(),
                input -> bodies.node(place, Node.Validate.class).check().accept(input));
    }

    @Override
    public Node capture(Node.Capture node) {
        int place = next++;
        return new Node.Capture(
                node.key(),
                node.options(),
                scope -> bodies.look(
                        scope.path(),
                        scope,
                        () -> bodies.node(place, Node.Capture.class).body().run(scope)));
    }

    @Override
    public Node step(Node.Step node) {
        int place = next++;
        Action<ItemScope<Object, Object>, @Nullable Object> action = scope -> {
            Node.Step current = bodies.node(place, Node.Step.class);
            return bodies.effect(scope.path(), scope, () -> current.action().run(scope));
        };
        return new Node.Step(
                node.key(),
                node.options(),
                action,
                undo(node.undo(), () -> bodies.node(place, Node.Step.class).undo()));
    }

    @Override
    public Node parallel(Node.Parallel node) {
        next++;
        List<Node.Branch> branches = node.branches().stream()
                .map(branch -> new Node.Branch(branch.name(), all(branch.nodes())))
                .toList();
        return new Node.Parallel(node.name(), branches, node.undoInParallel());
    }

    @Override
    public Node forEach(Node.ForEach node) {
        int place = next++;
        return new Node.ForEach(
                node.name(),
                node.bound(),
                view -> asIs(bodies.lambda(
                        node.name(),
                        () -> bodies.node(place, Node.ForEach.class).items().apply(view))),
                item -> asIs(bodies.lambda(
                        node.name(),
                        () -> bodies.node(place, Node.ForEach.class).itemKey().apply(item))),
                all(node.body()));
    }

    @Override
    public Node when(Node.When node) {
        int place = next++;
        return new Node.When(
                node.name(),
                view -> Boolean.TRUE.equals(bodies.lambda(
                        node.name(),
                        () -> bodies.node(place, Node.When.class).condition().test(view))),
                all(node.then()),
                all(node.otherwise()));
    }

    @Override
    public Node sleep(Node.Sleep node) {
        next++;
        return node;
    }

    @Override
    public Node poll(Node.Poll node) {
        int place = next++;
        return new Node.Poll(
                node.key(),
                node.polling(),
                node.orElse(),
                scope -> asIs(bodies.look(
                        scope.path(),
                        scope,
                        () -> bodies.node(place, Node.Poll.class).look().run(scope))));
    }

    @Override
    public Node await(Node.Await node) {
        int place = next++;
        return new Node.Await(
                node.key(),
                node.options(),
                node.within(),
                node.orElse(),
                (scope, callbackId) -> {
                    Node.Await current = bodies.node(place, Node.Await.class);
                    bodies.effect(scope.path(), scope, () -> {
                        current.notification().send(scope, callbackId);
                        bodies.sent(scope.path(), callbackId);
                        return null;
                    });
                },
                undo(node.undo(), () -> bodies.node(place, Node.Await.class).undo()));
    }

    @Override
    public Node invoke(Node.Invoke node) {
        int place = next++;
        return new Node.Invoke(
                node.key(),
                node.target(),
                view -> bodies.lambda(
                        node.name(),
                        () -> bodies.node(place, Node.Invoke.class).payload().apply(view)),
                undo(node.undo(), () -> bodies.node(place, Node.Invoke.class).undo()));
    }

    @Override
    public Node nested(Node.Nested node) {
        int place = next++;
        return new Node.Nested(
                node.key(),
                inside(node.saga(), node.name(), place),
                view -> asIs(bodies.lambda(
                        node.name(),
                        () -> bodies.node(place, Node.Nested.class).input().apply(view))));
    }

    private <I, O extends @Nullable Object> Saga<I, O> inside(Saga<I, O> saga, String name, int place) {
        return saga.decorated(
                all(saga.nodes()),
                view -> bodies.lambda(
                        name, () -> bodies.nested(place).returning().apply(view)));
    }

    @Override
    public Node pivot(Node.Pivot node) {
        next++;
        return node;
    }

    private Undo<ItemScope<Object, Object>, Object> undo(
            Undo<ItemScope<Object, Object>, Object> undo,
            java.util.function.Supplier<Undo<ItemScope<Object, Object>, Object>> current) {
        if (!(undo instanceof Undo.By<ItemScope<Object, Object>, Object> by)) {
            return undo;
        }
        Undo.Finding<ItemScope<Object, Object>, Object> finding = by.finding() == null
                ? null
                : (scope, actionKey) ->
                        Objects.requireNonNull(by(current.get()).finding()).find(scope, actionKey);
        return new Undo.By<>(by.options(), finding, (scope, effect) -> {
            Undo.By<ItemScope<Object, Object>, Object> now = by(current.get());
            bodies.effect("undo:" + scope.path(), scope, () -> {
                now.body().undo(scope, effect);
                return null;
            });
        });
    }

    private static Undo.By<ItemScope<Object, Object>, Object> by(Undo<ItemScope<Object, Object>, Object> undo) {
        return (Undo.By<ItemScope<Object, Object>, Object>) undo;
    }

    /** What a user's lambda worked out, also null: what is wrong with that is for the run to say. */
    @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T asIs(@Nullable Object value) {
        return (T) value;
    }
}
