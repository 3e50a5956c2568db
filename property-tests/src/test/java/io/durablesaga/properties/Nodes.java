package io.durablesaga.properties;

import io.durablesaga.Action;
import io.durablesaga.BeforePivot;
import io.durablesaga.Bound;
import io.durablesaga.ItemScope;
import io.durablesaga.ItemView;
import io.durablesaga.Notification;
import io.durablesaga.ParallelBlock;
import io.durablesaga.Scope;
import io.durablesaga.StepKey;
import io.durablesaga.Undo;
import io.durablesaga.View;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Adds the nodes of a specification to a builder, before any pivot.
 *
 * @param <V> what pure lambdas see here
 * @param <S> what bodies see here
 */
final class Nodes<V extends View<String>, S extends Scope<String>> {
    private final Definitions definitions;
    private final World world;
    private final Template place;
    private final Tag tag;

    /** What tells apart the items that a node runs for. */
    enum Tag {
        INPUT,
        ITEM;

        String of(View<String> view) {
            return this == ITEM ? String.valueOf(((ItemView<?, ?>) view).item()) : view.input();
        }
    }

    Nodes(Definitions definitions, Template place, Tag tag) {
        this.definitions = definitions;
        this.world = definitions.world();
        this.place = place;
        this.tag = tag;
    }

    static StepKey<String> key(String name) {
        return StepKey.of(name, String.class);
    }

    <B extends BeforePivot<String, V, S, B>> void add(B builder, NodeSpec node) {
        String name = node.name();
        if (node instanceof NodeSpec.Step step) {
            builder.step(key(name), Options.of(step.work(), step.replays()), action(step), undo(name, step.undo()));
        } else if (node instanceof NodeSpec.Capture capture) {
            builder.capture(key(name), Options.of(capture.work(), false), reading(capture));
        } else if (node instanceof NodeSpec.Parallel parallel) {
            builder.parallel(name, members -> members(members, parallel));
        } else if (node instanceof NodeSpec.Each each) {
            each(builder, each);
        } else if (node instanceof NodeSpec.When when) {
            when(builder, when);
        } else if (node instanceof NodeSpec.Sleep sleep) {
            builder.sleep(name, Duration.ofSeconds(sleep.seconds()));
        } else if (node instanceof NodeSpec.Poll poll) {
            poll(builder, poll);
        } else if (node instanceof NodeSpec.Await await) {
            await(builder, await);
        } else {
            other(builder, node);
        }
    }

    private <B extends BeforePivot<String, V, S, B>> void other(B builder, NodeSpec node) {
        String name = node.name();
        if (node instanceof NodeSpec.Nested nested) {
            builder.saga(
                    key(name),
                    definitions.saga("nested-" + name, nested.saga(), place.in(name + "/")),
                    view -> tagOrThrow(nested.inputThrows(), view));
        } else if (node instanceof NodeSpec.Invoke invoke) {
            String child = "invoked-" + name;
            definitions.invoke(child, invoke.saga(), place.in(name + ">"));
            builder.invoke(
                    key(name), child, view -> tagOrThrow(invoke.payloadThrows(), view), undo(name, invoke.undo()));
        }
    }

    private String tagOrThrow(boolean throwing, View<String> view) {
        if (throwing) {
            throw new Definitions.LambdaThrew();
        }
        return tag.of(view);
    }

    private void members(ParallelBlock<String, V, S> block, NodeSpec.Parallel parallel) {
        Nodes<V, S> plain = new Nodes<>(definitions, place.in(parallel.name() + "/"), tag);
        for (NodeSpec.Member member : parallel.members()) {
            String branch = member.name();
            if (branch != null) {
                Nodes<V, S> inside = new Nodes<>(definitions, place.in(parallel.name() + "/" + member.prefix()), tag);
                block.branch(branch, nodes -> member.nodes().forEach(node -> inside.add(nodes, node)));
            } else {
                plain.plain(block, member.nodes().get(0));
            }
        }
        if (parallel.undoInParallel()) {
            block.undoInParallel();
        }
    }

    private void plain(ParallelBlock<String, V, S> block, NodeSpec node) {
        if (node instanceof NodeSpec.Capture capture) {
            block.capture(key(capture.name()), reading(capture));
        } else {
            NodeSpec.Step step = (NodeSpec.Step) node;
            block.step(
                    key(step.name()),
                    Options.of(step.work(), step.replays()),
                    action(step),
                    undo(step.name(), step.undo()));
        }
    }

    private <B extends BeforePivot<String, V, S, B>> void each(B builder, NodeSpec.Each each) {
        Bound bound = Bound.atMost(4).concurrently(each.concurrency());
        Nodes<ItemView<String, String>, ItemScope<String, String>> inside =
                new Nodes<>(definitions, place.in(each.name() + "[*]/"), Tag.ITEM);
        builder.forEach(
                each.name(),
                each.undoInParallel() ? bound.undoingInParallel() : bound,
                view -> items(each, tag.of(view)),
                item -> item,
                block -> each.body().forEach(node -> inside.add(block, node)));
    }

    static List<String> items(NodeSpec.Each each, String tag) {
        return switch (each.lambda()) {
            case FINE ->
                IntStream.range(0, each.items()).mapToObj(i -> tag + "." + i).toList();
            case TOO_MANY -> IntStream.range(0, 5).mapToObj(i -> tag + "." + i).toList();
            case THROWS -> throw new Definitions.LambdaThrew();
        };
    }

    private <B extends BeforePivot<String, V, S, B>> void when(B builder, NodeSpec.When when) {
        Nodes<V, S> inside = new Nodes<>(definitions, place.in(when.name() + "/"), tag);
        builder.when(
                when.name(),
                view -> {
                    if (when.way() == NodeSpec.Way.THROWS) {
                        throw new Definitions.LambdaThrew();
                    }
                    return when.way() == NodeSpec.Way.THEN;
                },
                block -> when.then().forEach(node -> inside.add(block, node)),
                block -> when.otherwise().forEach(node -> inside.add(block, node)));
    }

    private <B extends BeforePivot<String, V, S, B>> void poll(B builder, NodeSpec.Poll poll) {
        Action<S, Optional<String>> look = scope -> world.look(Body.forward(at(poll.name(), scope)), scope, poll);
        if (poll.orElse()) {
            builder.poll(key(poll.name()), Options.polling(poll).orElse("else"), look);
        } else {
            builder.poll(key(poll.name()), Options.polling(poll), look);
        }
    }

    private <B extends BeforePivot<String, V, S, B>> void await(B builder, NodeSpec.Await await) {
        StepKey<String> key = key(await.name());
        var options = Options.of(await.sending(), false);
        Notification<S> sending =
                (scope, callbackId) -> world.send(Body.forward(at(await.name(), scope)), scope, await, callbackId);
        if (await.orElse()) {
            builder.await(
                    key, options, Options.within(await).orElse("else"), sending, undo(await.name(), await.undo()));
        } else {
            builder.await(key, options, Options.within(await), sending, undo(await.name(), await.undo()));
        }
    }

    private Action<S, String> action(NodeSpec.Step step) {
        return scope -> acting(world, Body.forward(at(step.name(), scope)), scope, step.work());
    }

    static String acting(World world, Body body, Scope<?> scope, Work work) throws Exception {
        try {
            return world.act(body, scope, work);
        } catch (World.TooMuch tooMuch) {
            return Options.tooMuch();
        }
    }

    private Action<S, String> reading(NodeSpec.Capture capture) {
        return scope -> world.read(Body.forward(at(capture.name(), scope)), scope, capture.work());
    }

    private Undo<S, String> undo(String name, UndoSpec undo) {
        return Options.undo(world, undo, scope -> at(name, scope));
    }

    private String at(String name, S scope) {
        return place.in(name).at(tag.of(scope));
    }
}
