package io.durablesaga.properties;

import java.util.List;

/** Gives every node a name of its own, in the order of reading, and makes what it was generated with fit together. */
final class Names {
    private int given;

    private Names() {}

    static SagaSpec given(SagaSpec saga) {
        return new Names().saga(saga);
    }

    private String next() {
        int number = given++;
        return (char) ('a' + number % 26) + (number < 26 ? "" : String.valueOf(number / 26));
    }

    private SagaSpec saga(SagaSpec saga) {
        return new SagaSpec(saga.refused(), nodes(saga.nodes()), nodes(saga.past()), saga.returningThrows());
    }

    private List<NodeSpec> nodes(List<NodeSpec> nodes) {
        return nodes.stream().map(this::node).toList();
    }

    private NodeSpec node(NodeSpec node) {
        String name = next();
        if (node instanceof NodeSpec.Step step) {
            return step(name, step);
        } else if (node instanceof NodeSpec.Capture capture) {
            return new NodeSpec.Capture(name, capture.work().tidy());
        } else if (node instanceof NodeSpec.Parallel parallel) {
            List<NodeSpec.Member> members =
                    parallel.members().stream().map(this::member).toList();
            return new NodeSpec.Parallel(name, members, parallel.undoInParallel());
        } else if (node instanceof NodeSpec.Each each) {
            return new NodeSpec.Each(
                    name, each.items(), each.concurrency(), each.undoInParallel(), each.lambda(), nodes(each.body()));
        } else if (node instanceof NodeSpec.When when) {
            return new NodeSpec.When(name, when.way(), nodes(when.then()), nodes(when.otherwise()));
        } else if (node instanceof NodeSpec.Sleep sleep) {
            return new NodeSpec.Sleep(name, sleep.seconds());
        } else if (node instanceof NodeSpec.Poll poll) {
            return new NodeSpec.Poll(name, poll.foundAt(), poll.looks(), poll.rejects(), poll.orElse());
        } else {
            return waiting(name, node);
        }
    }

    private NodeSpec waiting(String name, NodeSpec node) {
        if (node instanceof NodeSpec.Await await) {
            // whether it was sent must not depend on crashes: somebody answers what was sent
            Work sending = await.sending().ever(Behaviour.Then.REJECTS)
                            || await.sending().ever(Behaviour.Then.DECLINES)
                    ? await.sending().withoutEffect().tidy()
                    : await.sending().tidy();
            return new NodeSpec.Await(
                    name, sending, await.answer(), await.heartbeat(), await.orElse(), undo(await.undo()));
        } else if (node instanceof NodeSpec.Nested nested) {
            return new NodeSpec.Nested(name, nested.inputThrows(), saga(nested.saga()));
        } else if (node instanceof NodeSpec.Invoke invoke) {
            return new NodeSpec.Invoke(name, invoke.payloadThrows(), saga(invoke.saga()), undo(invoke.undo()));
        }
        throw new IllegalArgumentException("no such node: " + node);
    }

    /** A provider that repeats its first answer does not say "no" to what it has done. */
    private static NodeSpec.Step step(String name, NodeSpec.Step step) {
        Work work = step.replays() ? step.work().withoutEffect() : step.work();
        return new NodeSpec.Step(name, work.tidy(), step.replays(), undo(step.undo()));
    }

    private static UndoSpec undo(UndoSpec undo) {
        return undo instanceof UndoSpec.By by
                ? new UndoSpec.By(by.work().tidy(), by.finding(), by.holds(), by.parks())
                : undo;
    }

    /** A plain member is one step, or one capture in a single attempt: there are no options to give it. */
    private NodeSpec.Member member(NodeSpec.Member member) {
        if (!member.plain()) {
            return new NodeSpec.Member(next(), nodes(member.nodes()));
        }
        NodeSpec plain = node(member.nodes().get(0));
        return new NodeSpec.Member(
                null,
                List.of(
                        plain instanceof NodeSpec.Capture capture
                                ? new NodeSpec.Capture(
                                        capture.name(), capture.work().attempted(1))
                                : plain));
    }
}
