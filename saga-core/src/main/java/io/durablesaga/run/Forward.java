package io.durablesaga.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.ItemScope;
import io.durablesaga.Node;
import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import io.durablesaga.Undo;
import io.durablesaga.engine.Attempt;
import io.durablesaga.engine.Callback;
import io.durablesaga.engine.CallbackCall;
import io.durablesaga.engine.CallbackOutcome;
import io.durablesaga.engine.EffectKeys;
import io.durablesaga.engine.InvokeCall;
import io.durablesaga.engine.InvokeOutcome;
import io.durablesaga.engine.Operations;
import io.durablesaga.engine.ReplayMismatch;
import io.durablesaga.engine.Reply;
import io.durablesaga.engine.StepCall;
import io.durablesaga.engine.StepOutcome;
import io.durablesaga.result.Cause;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs nodes forward on one line of control and notes what an unwind would have to undo. Each visit yields the cause for
 * which the saga cannot go on, or nothing to go on.
 */
final class Forward implements Node.Visitor<Optional<Cause>> {
    /** For bodies without effect, which may be repeated after any number of crashes. */
    private static final int ANY_INTERRUPTIONS = Integer.MAX_VALUE;

    private final RunContext run;
    private final Operations ops;
    private final Frame frame;
    private final String prefix;
    private final List<Done> done;

    Forward(RunContext run, Operations ops, Frame frame, String prefix, List<Done> done) {
        this.run = run;
        this.ops = ops;
        this.frame = frame;
        this.prefix = prefix;
        this.done = done;
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
        return start(node, frame).settle(done);
    }

    @Override
    public Optional<Cause> step(Node.Step node) {
        return start(node, frame).settle(done);
    }

    @Override
    public Optional<Cause> pivot(Node.Pivot node) {
        run.passPivot(node.parking());
        return Optional.empty();
    }

    @Override
    public Optional<Cause> when(Node.When node) {
        Lambda<Boolean> held = Lambda.of(() -> node.condition().test(new FrameView(frame)));
        if (held.failure() != null) {
            return recordFailure(prefix + node.name(), held.failure());
        }
        return within(node.name()).run(Boolean.TRUE.equals(held.value()) ? node.then() : node.otherwise());
    }

    @Override
    public Optional<Cause> sleep(Node.Sleep node) {
        String path = prefix + node.name();
        ops.sleep(path, node.duration()).get();
        run.telling().completed(ops, path, 1);
        return Optional.empty();
    }

    @Override
    public Optional<Cause> parallel(Node.Parallel node) {
        Forward inside = within(node.name());
        List<Member> members = new ArrayList<>();
        for (Node.Branch branch : node.branches()) {
            Frame own = frame.branch();
            members.add(
                    branch.plain().isPresent()
                            ? Member.plain("", own, inside.start(branch.plain().get(), own))
                            : inside.branch(String.valueOf(branch.name()), own, branch.nodes()));
        }
        Optional<Cause> first = Optional.empty();
        for (Member member : members) {
            first = earlier(first, member.join());
        }
        members.forEach(member -> frame.merge(member.frame()));
        addGroup(members, node.undoInParallel(), prefix + node.name());
        return first;
    }

    @Override
    public Optional<Cause> forEach(Node.ForEach node) {
        String path = prefix + node.name();
        Lambda<List<Item>> items = Lambda.of(() -> Item.list(node, new FrameView(frame)));
        if (items.failure() != null) {
            return recordFailure(path, items.failure());
        }
        Items members = new Items(node.bound().concurrency());
        for (Item item : items.required()) {
            if (!members.room()) {
                break;
            }
            members.add(item(node, item, path));
        }
        Optional<Cause> first = members.joinAll();
        members.all().forEach(member -> frame.mergeItem(member.name(), member.frame()));
        addGroup(members.all(), node.bound().undoInParallel() && node.bound().concurrency() > 1, path);
        return first;
    }

    @Override
    public Optional<Cause> poll(Node.Poll node) {
        String path = prefix + node.name();
        AttemptRunner runner = new AttemptRunner(run, path, false);
        StepCall.Body look = attempt -> runner.look(
                attempt, node.polling(), node.key().type(), () -> node.look().run(scope(path, attempt)));
        StepOutcome outcome = ops.step(new StepCall(StepCall.Kind.POLL, path, path, look, ANY_INTERRUPTIONS))
                .get();
        if (outcome instanceof StepOutcome.Completed completed) {
            return put(path, node.key(), read(path, node.key(), completed.payload()), completed.attempts());
        }
        Failure failure = ((StepOutcome.Failed) outcome).failure();
        boolean fallBack = run.pastPivot() != null || failure.type().equals(Machinery.RAN_OUT);
        return node.orElse() != null && fallBack
                ? put(path, node.key(), node.orElse(), outcome.attempts())
                : fail(path, failure, outcome.attempts());
    }

    @Override
    public Optional<Cause> await(Node.Await node) {
        String path = prefix + node.name();
        Callback callback = ops.callback(new CallbackCall(
                "await:" + path, path, node.within().timeout(), node.within().heartbeat(), false));
        run.telling().waiting(ops, path, callback.id());
        Optional<Cause> notSent =
                new StepRun(run, ops, frame, path, StepRun.Definition.of(node, callback.id())).settle(done);
        if (notSent.isPresent()) {
            return notSent;
        }
        CallbackOutcome outcome = callback.get();
        Answer answer = Answer.of(outcome, node.key(), run.json());
        if (answer.failure() == null) {
            return put(path, node.key(), answer.value(), 1);
        }
        boolean fallBack = run.pastPivot() != null || outcome instanceof CallbackOutcome.TimedOut;
        return node.orElse() != null && fallBack
                ? put(path, node.key(), node.orElse(), 1)
                : fail(path, answer.failure(), 1);
    }

    @Override
    public Optional<Cause> invoke(Node.Invoke node) {
        String path = prefix + node.name();
        Lambda<String> payload = Lambda.of(() -> payload(node));
        if (payload.failure() != null) {
            return recordFailure(path, payload.failure());
        }
        String key = EffectKeys.action(run.identity(), path);
        InvokeOutcome outcome = ops.invoke(new InvokeCall(path, node.target(), key, payload.required()))
                .get();
        Answer answer = Answer.of(outcome, node.key(), run.json());
        if (answer.failure() == null) {
            effect(path, node.undo(), EffectReport.Action.COMPLETED, answer);
            return put(path, node.key(), answer.value(), 1);
        }
        if (!answer.failure().rejected()) {
            effect(path, node.undo(), EffectReport.Action.UNKNOWN, answer);
        }
        return fail(path, answer.failure(), 1);
    }

    @Override
    public Optional<Cause> nested(Node.Nested node) {
        String path = prefix + node.name();
        Lambda<Object> input = Lambda.of(() -> node.input().apply(new FrameView(frame)));
        if (input.failure() != null) {
            return recordFailure(path, input.failure());
        }
        Optional<Cause> refused = SagaRun.validateAny(node.saga(), input.required());
        if (refused.isPresent()) {
            return recordFailure(
                    path + "/" + refused.get().path(), refused.get().failure());
        }
        Frame own = Frame.root(node.saga().name(), input.required());
        Forward inside = new Forward(run, ops, own, path + "/", done);
        Optional<Cause> cause = inside.run(node.saga().nodes());
        if (cause.isPresent()) {
            return cause;
        }
        Returned returned = inside.returning(node.saga(), path);
        return returned.cause().isEmpty() ? put(path, node.key(), returned.value(), 1) : returned.cause();
    }

    /** What a saga yields, or the recorded failure of its mapper. */
    record Returned(@Nullable Object value, Optional<Cause> cause) {}

    Returned returning(Saga<?, ?> saga, String path) {
        Lambda<Object> value = Lambda.of(() -> saga.returning().apply(new FrameView(frame)));
        return value.failure() == null
                ? new Returned(value.value(), Optional.empty())
                : new Returned(null, recordFailure(path, value.failure()));
    }

    private StepRun start(Node node, Frame own) {
        StepRun.Definition definition = node instanceof Node.Step step
                ? StepRun.Definition.of(step)
                : StepRun.Definition.of((Node.Capture) node);
        return new StepRun(run, ops, own, prefix + node.name(), definition);
    }

    private Member item(Node.ForEach node, Item item, String path) {
        Frame own = frame.item(item.value());
        String itemPath = path + "[" + item.key() + "]";
        if (node.bound().concurrency() == 1) {
            return Member.inline(
                    item.key(), own, node.body(), itemDone -> new Forward(run, ops, own, itemPath + "/", itemDone));
        }
        Forward inside = new Forward(run, ops, own, itemPath + "/", done);
        return node.plain().isPresent()
                ? Member.plain(item.key(), own, inside.start(node.plain().get(), own))
                : Member.branch(
                        item.key(),
                        own,
                        node.body(),
                        ops,
                        itemPath,
                        (branchOps, itemDone) -> new Forward(run, branchOps, own, itemPath + "/", itemDone));
    }

    private Member branch(String name, Frame own, List<Node> nodes) {
        String path = prefix + name;
        return Member.branch(
                name,
                own,
                nodes,
                ops,
                path,
                (branchOps, branchDone) -> new Forward(run, branchOps, own, path + "/", branchDone));
    }

    private Forward within(String name) {
        return new Forward(run, ops, frame, prefix + name + "/", done);
    }

    private void addGroup(List<Member> members, boolean undoInParallel, String path) {
        done.add(new Done.Group(path, members.stream().map(Member::done).toList(), undoInParallel));
    }

    private void effect(
            String path, Undo<ItemScope<Object, Object>, Object> undo, EffectReport.Action action, Answer answer) {
        done.add(new Done.Single(path, frame, undo, action, Optional.ofNullable(answer.value()), 1, answer.failure()));
    }

    private Optional<Cause> put(String path, StepKey<?> key, @Nullable Object value, int attempts) {
        frame.put(key, value);
        run.telling().completed(ops, path, attempts);
        return Optional.empty();
    }

    private Optional<Cause> fail(String path, Failure failure, int attempts) {
        run.telling().failed(ops, path, attempts, failure);
        return Optional.of(new Cause(path, failure));
    }

    /** Records a failing operation for a lambda that threw, so that a replay cannot come to another decision. */
    private Optional<Cause> recordFailure(String path, Failure failure) {
        StepOutcome outcome = ops.step(new StepCall(
                        StepCall.Kind.FAILURE,
                        "failed:" + path,
                        path,
                        attempt -> new Reply.Failed(failure),
                        ANY_INTERRUPTIONS))
                .get();
        Failure recorded = outcome instanceof StepOutcome.Failed failed ? failed.failure() : failure;
        return fail(path, recorded, 1);
    }

    private ItemScope<Object, Object> scope(String path, Attempt attempt) {
        String key = EffectKeys.action(run.identity(), path);
        return new FrameView.OfStep(frame, key, attempt.number(), run.identity().name());
    }

    private String payload(Node.Invoke node) {
        try {
            return run.json().write(node.payload().apply(new FrameView(frame)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the payload does not serialise: " + e.getOriginalMessage(), e);
        }
    }

    private @Nullable Object read(String path, StepKey<?> key, String payload) {
        try {
            return run.json().read(payload, key.type());
        } catch (JsonProcessingException e) {
            throw new ReplayMismatch(
                    "saga '" + run.saga().name() + "', step '" + path + "': its recorded result does not read as "
                            + key.type().getTypeName() + " (" + e.getOriginalMessage()
                            + "); register the definition that recorded it",
                    e);
        }
    }

    private static Optional<Cause> earlier(Optional<Cause> first, Optional<Cause> next) {
        return first.isPresent() ? first : next;
    }

    /** The items under way, joined in order, so that which of them start depends on recorded outcomes alone. */
    private static final class Items {
        private final int concurrency;
        private final List<Member> members = new ArrayList<>();
        private int joined;
        private Optional<Cause> first = Optional.empty();

        Items(int concurrency) {
            this.concurrency = concurrency;
        }

        /** Whether one more may start; waits for the oldest where all places are taken. */
        boolean room() {
            if (members.size() - joined == concurrency) {
                first = earlier(first, members.get(joined++).join());
            }
            return first.isEmpty();
        }

        void add(Member member) {
            members.add(member);
        }

        Optional<Cause> joinAll() {
            while (joined < members.size()) {
                first = earlier(first, members.get(joined++).join());
            }
            return first;
        }

        List<Member> all() {
            return members;
        }
    }
}
