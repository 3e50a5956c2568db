package io.durablesaga.properties;

import io.durablesaga.properties.Expected.Cause;
import io.durablesaga.properties.Expected.Ending;
import io.durablesaga.properties.Expected.Status;
import io.durablesaga.result.EffectReport.Action;
import io.durablesaga.result.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way forward on one line of control; each node says why the saga cannot go on, or nothing. */
final class ModelForward {
    private final Line line;
    private final boolean pastPivot;

    ModelForward(Line line, boolean pastPivot) {
        this.line = line;
        this.pastPivot = pastPivot;
    }

    Optional<Cause> run(List<NodeSpec> nodes) {
        for (NodeSpec node : nodes) {
            Optional<Cause> cause = run(node);
            if (cause.isPresent()) {
                return cause;
            }
        }
        return Optional.empty();
    }

    private Optional<Cause> run(NodeSpec node) {
        if (node instanceof NodeSpec.Step step) {
            String value = "did " + line.forward(step.name()).place();
            return new ModelStep(line, pastPivot, step.undo(), step.replays())
                    .action(step.name(), step.work())
                    .settle(() -> line.results.put(step.name(), value));
        } else if (node instanceof NodeSpec.Capture capture) {
            String value = "read " + line.forward(capture.name()).place();
            return new ModelStep(line, pastPivot, null, false)
                    .capture(capture.name(), capture.work())
                    .settle(() -> line.results.put(capture.name(), value));
        } else if (node instanceof NodeSpec.Parallel parallel) {
            return parallel(parallel);
        } else if (node instanceof NodeSpec.Each each) {
            return each(each);
        } else if (node instanceof NodeSpec.When when) {
            return when(when);
        } else if (node instanceof NodeSpec.Sleep sleep) {
            line.record("SLEEP " + line.path(sleep.name()) + " COMPLETED");
            return Optional.empty();
        } else if (node instanceof NodeSpec.Poll poll) {
            return poll(poll);
        } else if (node instanceof NodeSpec.Await await) {
            return await(await);
        } else if (node instanceof NodeSpec.Nested nested) {
            return nested(nested);
        }
        return invoke((NodeSpec.Invoke) node);
    }

    /** All members run to their own end; the first failure in definition order is the cause. */
    private Optional<Cause> parallel(NodeSpec.Parallel parallel) {
        line.expected.oneLine = false;
        List<Line> members = new ArrayList<>();
        for (NodeSpec.Member member : parallel.members()) {
            String inside = parallel.name() + "/" + member.prefix();
            Line beside = line.beside(inside, line.tag);
            beside.cause = new ModelForward(beside, pastPivot).run(member.nodes());
            members.add(beside);
        }
        members.forEach(line::merge);
        return joined(members, parallel.undoInParallel());
    }

    /** An item starts once the one {@code concurrency} places before it, and all before that, have ended well. */
    private Optional<Cause> each(NodeSpec.Each each) {
        if (each.lambda() != NodeSpec.ItemsLambda.FINE) {
            return Model.lambdaThrew(line, line.path(each.name()));
        }
        line.expected.oneLine &= each.concurrency() == 1;
        List<Line> items = new ArrayList<>();
        for (int i = 0; i < each.items(); i++) {
            int ended = i - each.concurrency();
            if (ended >= 0 && items.get(ended).cause.isPresent()) {
                break;
            }
            String tag = line.tag + "." + i;
            Line item = line.beside(each.name() + "[" + tag + "]/", tag);
            for (int j = 0; j <= ended; j++) {
                item.before.addAll(items.get(j).before);
            }
            item.cause = new ModelForward(item, pastPivot).run(each.body());
            items.add(item);
        }
        items.forEach(item -> line.mergeItem(item.tag, item));
        return joined(items, each.undoInParallel() && each.concurrency() > 1);
    }

    private Optional<Cause> joined(List<Line> members, boolean undoInParallel) {
        line.done.add(new Done.Group(members.stream().map(member -> member.done).toList(), undoInParallel));
        return members.stream().flatMap(member -> member.cause.stream()).findFirst();
    }

    private Optional<Cause> when(NodeSpec.When when) {
        if (when.way() == NodeSpec.Way.THROWS) {
            return Model.lambdaThrew(line, line.path(when.name()));
        }
        Line inside = line.beside(when.name() + "/", line.tag);
        List<NodeSpec> way = when.way() == NodeSpec.Way.THEN ? when.then() : when.otherwise();
        Optional<Cause> cause = new ModelForward(inside, pastPivot).run(way);
        line.merge(inside);
        line.done.addAll(inside.done);
        return cause;
    }

    private Optional<Cause> poll(NodeSpec.Poll poll) {
        Body body = line.forward(poll.name());
        line.reads(body);
        boolean looked = poll.foundAt() <= poll.looks();
        boolean found = looked && !poll.rejects();
        line.record("POLL " + line.path(poll.name()) + (found ? " COMPLETED" : " FAILED"));
        if (found) {
            line.results.put(poll.name(), "found " + body.place());
            return Optional.empty();
        }
        return otherwise(poll.name(), poll.orElse() && (!looked || pastPivot));
    }

    /** Nothing came of it: the value for that case, or the end. */
    private Optional<Cause> otherwise(String name, boolean hasValue) {
        if (!hasValue) {
            return Optional.of(new Cause(line.path(name), Failure.Kind.REJECTED));
        }
        line.results.put(name, "else");
        return Optional.empty();
    }

    private Optional<Cause> await(NodeSpec.Await await) {
        ModelStep sending = new ModelStep(line, pastPivot, await.undo(), false).action(await.name(), await.sending());
        String callback = "CALLBACK await:" + line.path(await.name());
        Optional<Cause> notSent = sending.settle(() -> {});
        if (notSent.isPresent()) {
            line.record(callback + Expected.WHATEVER); // it may have been answered, and then it may be recorded
            return notSent;
        }
        NodeSpec.Answer answer = sending.everApplied() ? await.answer() : NodeSpec.Answer.NEVER;
        line.record(callback + (answer == NodeSpec.Answer.ANSWERED ? " COMPLETED" : " FAILED"));
        if (answer == NodeSpec.Answer.ANSWERED) {
            line.results.put(
                    await.name(), "answer " + line.forward(await.name()).place());
            return Optional.empty();
        }
        return otherwise(await.name(), await.orElse() && (answer == NodeSpec.Answer.NEVER || pastPivot));
    }

    private Optional<Cause> nested(NodeSpec.Nested nested) {
        String path = line.path(nested.name());
        if (nested.inputThrows()) {
            return Model.lambdaThrew(line, path);
        }
        if (nested.saga().refused()) {
            return Model.lambdaThrew(line, path + "/validate");
        }
        Line inside = line.nested(nested.name() + "/");
        Optional<Cause> cause =
                new ModelForward(inside, false).run(nested.saga().nodes());
        line.before.addAll(inside.before);
        if (cause.isPresent()) {
            return cause;
        }
        if (nested.saga().returningThrows()) {
            return Model.lambdaThrew(line, path);
        }
        line.results.put(nested.name(), Model.value(nested.saga(), inside));
        return Optional.empty();
    }

    private Optional<Cause> invoke(NodeSpec.Invoke invoke) {
        String path = line.path(invoke.name());
        if (invoke.payloadThrows()) {
            return Model.lambdaThrew(line, path);
        }
        line.record("INVOKE " + path + " COMPLETED");
        Line child = line.invoked(invoke.name());
        Ending ending = Model.execution(invoke.saga(), child);
        line.before.addAll(child.before);
        Body body = line.forward(invoke.name());
        if (ending.status() == Status.COMPENSATED) {
            return Optional.of(new Cause(path, Failure.Kind.REJECTED));
        }
        boolean completed = ending.status() == Status.COMPLETED;
        line.done.add(new Done.Single(path, body, invoke.undo(), completed ? Action.COMPLETED : Action.UNKNOWN));
        @Nullable String value = ending.value();
        if (!completed || value == null) {
            return Optional.of(new Cause(path, Failure.Kind.UNKNOWN));
        }
        line.results.put(invoke.name(), value);
        return Optional.empty();
    }
}
