package io.durablesaga.run;

import io.durablesaga.Node;
import io.durablesaga.Saga;
import io.durablesaga.result.Cause;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs nodes forward on one line of control and notes what an unwind would have to undo. Each visit yields the cause for
 * which the saga cannot go on, or nothing to go on.
 */
final class Forward implements Node.Visitor<Optional<Cause>> {
    private final Here here;

    Forward(Here here) {
        this.here = here;
    }

    Optional<Cause> run(List<Node> nodes) {
        for (Node node : nodes) {
            Optional<Cause> cause = node.accept(this);
            if (cause.isPresent()) {
                return cause;
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Cause> validate(Node.Validate node) {
        return Optional.empty();
    }

    @Override
    public Optional<Cause> capture(Node.Capture node) {
        return StepRun.start(node, here).settle();
    }

    @Override
    public Optional<Cause> step(Node.Step node) {
        return StepRun.start(node, here).settle();
    }

    @Override
    public Optional<Cause> pivot(Node.Pivot node) {
        here.run().passPivot(node.parking());
        return Optional.empty();
    }

    @Override
    public Optional<Cause> when(Node.When node) {
        Lambda<Boolean> held = Lambda.of(() -> node.condition().test(here.view()));
        if (held.failure() != null) {
            return here.recordFailure(here.path(node.name()), held.failure());
        }
        List<Node> way = Boolean.TRUE.equals(held.value()) ? node.then() : node.otherwise();
        return new Forward(here.within(node.name())).run(way);
    }

    @Override
    public Optional<Cause> sleep(Node.Sleep node) {
        String path = here.path(node.name());
        here.ops().sleep(path, node.duration()).get();
        here.run().telling().completed(here.ops(), path, 1);
        return Optional.empty();
    }

    @Override
    public Optional<Cause> parallel(Node.Parallel node) {
        return new Groups(here).parallel(node);
    }

    @Override
    public Optional<Cause> forEach(Node.ForEach node) {
        return new Groups(here).forEach(node);
    }

    @Override
    public Optional<Cause> poll(Node.Poll node) {
        return new Outside(here).poll(node);
    }

    @Override
    public Optional<Cause> await(Node.Await node) {
        return new Outside(here).await(node);
    }

    @Override
    public Optional<Cause> invoke(Node.Invoke node) {
        return new Outside(here).invoke(node);
    }

    @Override
    public Optional<Cause> nested(Node.Nested node) {
        String path = here.path(node.name());
        Lambda<Object> input =
                Lambda.of(() -> Objects.requireNonNull(node.input().apply(here.view()), "the nested input is null"));
        if (input.failure() != null) {
            return here.recordFailure(path, input.failure());
        }
        Optional<Cause> refused = SagaRun.validateAny(node.saga(), input.required());
        if (refused.isPresent()) {
            return here.recordFailure(
                    path + "/" + refused.get().path(), refused.get().failure());
        }
        Frame own = Frame.root(node.saga().name(), input.required());
        Forward inside = new Forward(here.under(path, own));
        Optional<Cause> cause = inside.run(node.saga().nodes());
        if (cause.isPresent()) {
            return cause;
        }
        Returned returned = inside.returning(node.saga(), path);
        return returned.cause().isEmpty() ? here.put(path, node.key(), returned.value(), 1) : returned.cause();
    }

    /** What a saga yields, or the recorded failure of its mapper. */
    record Returned(@Nullable Object value, Optional<Cause> cause) {}

    /** What the execution ends with, as it reads back from its record. */
    Returned ending(Saga<?, ?> saga) {
        return returned(
                "returning",
                Lambda.of(() -> Stored.of(
                                saga.returning().apply(here.view()),
                                saga.outputType(),
                                here.run().json(),
                                here.run().mostResultBytes())
                        .value()));
    }

    /** What an inlined saga hands to its parent: nothing records it, so a replay maps it again. */
    private Returned returning(Saga<?, ?> saga, String path) {
        return returned(path, Lambda.of(() -> saga.returning().apply(here.view())));
    }

    private Returned returned(String path, Lambda<Object> value) {
        return value.failure() == null
                ? new Returned(value.value(), Optional.empty())
                : new Returned(null, here.recordFailure(path, value.failure()));
    }
}
