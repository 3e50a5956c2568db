package io.durablesaga.properties;

import io.durablesaga.AfterPivot;
import io.durablesaga.Bound;
import io.durablesaga.FinalBlock;
import io.durablesaga.Scope;
import io.durablesaga.properties.Nodes.Tag;
import java.time.Duration;
import java.util.List;

/** Adds the nodes of a specification to a builder, past the pivot. */
final class FinalNodes {
    private final World world;
    private final Template place;

    FinalNodes(Definitions definitions, Template place) {
        this.world = definitions.world();
        this.place = place;
    }

    void add(AfterPivot<String> builder, NodeSpec node) {
        String name = node.name();
        if (node instanceof NodeSpec.Step step) {
            builder.step(
                    Nodes.key(name),
                    Options.of(step.work(), step.replays()),
                    scope -> Nodes.acting(world, body(place, Tag.INPUT, name, scope), scope, step.work()));
        } else if (node instanceof NodeSpec.Capture capture) {
            builder.capture(
                    Nodes.key(name),
                    Options.of(capture.work(), false),
                    scope -> world.read(body(place, Tag.INPUT, name, scope), scope, capture.work()));
        } else if (node instanceof NodeSpec.Sleep sleep) {
            builder.sleep(name, Duration.ofSeconds(sleep.seconds()));
        } else {
            other(builder, node);
        }
    }

    private void other(AfterPivot<String> builder, NodeSpec node) {
        String name = node.name();
        if (node instanceof NodeSpec.Poll poll) {
            builder.poll(
                    Nodes.key(name),
                    Options.polling(poll).orElse("else"),
                    scope -> world.look(body(place, Tag.INPUT, name, scope), scope, poll));
        } else if (node instanceof NodeSpec.Await await) {
            builder.await(
                    Nodes.key(name),
                    Options.within(await).orElse("else"),
                    (scope, callbackId) -> world.send(body(place, Tag.INPUT, name, scope), scope, await, callbackId));
        } else if (node instanceof NodeSpec.Parallel parallel) {
            List<NodeSpec> members = parallel.members().stream()
                    .flatMap(member -> member.nodes().stream())
                    .toList();
            builder.parallel(name, block -> plain(block, place.in(name + "/"), Tag.INPUT, members));
        } else {
            each(builder, (NodeSpec.Each) node);
        }
    }

    private void each(AfterPivot<String> builder, NodeSpec.Each each) {
        builder.forEach(
                each.name(),
                Bound.atMost(4).concurrently(each.concurrency()),
                view -> Nodes.items(each, view.input()),
                item -> item,
                block -> plain(block, place.in(each.name() + "[*]/"), Tag.ITEM, each.body()));
    }

    private <S extends Scope<String>> void plain(FinalBlock<S> block, Template inside, Tag tag, List<NodeSpec> nodes) {
        for (NodeSpec node : nodes) {
            String name = node.name();
            if (node instanceof NodeSpec.Step step) {
                block.step(
                        Nodes.key(name),
                        Options.of(step.work(), step.replays()),
                        scope -> Nodes.acting(world, body(inside, tag, name, scope), scope, step.work()));
            } else if (node instanceof NodeSpec.Capture capture) {
                block.capture(
                        Nodes.key(name), scope -> world.read(body(inside, tag, name, scope), scope, capture.work()));
            }
        }
    }

    private static Body body(Template place, Tag tag, String name, Scope<String> scope) {
        return Body.forward(place.in(name).at(tag.of(scope)));
    }
}
