package io.durablesaga.run;

import io.durablesaga.Node;
import io.durablesaga.engine.Operations;
import io.durablesaga.engine.Pending;
import io.durablesaga.result.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One of several lines that run at the same time: what it has done so far, and how it is joined. */
final class Member {
    private final String name;
    private final Frame frame;
    private final List<Done> done = new ArrayList<>();
    private Optional<Cause> cause = Optional.empty();
    private Supplier<Optional<Cause>> join = () -> cause;

    private Member(String name, Frame frame) {
        this.name = name;
        this.frame = frame;
    }

    /** Runs now, on the caller's own line of control. */
    static Member inline(String name, Here here, List<Node> nodes) {
        Member member = new Member(name, here.frame());
        member.cause = new Forward(here.on(here.ops(), member.done)).run(nodes);
        return member;
    }

    /** A single step, started as one operation beside the others. */
    static Member plain(String name, Here here, Node node) {
        Member member = new Member(name, here.frame());
        StepRun step = StepRun.start(node, here.on(here.ops(), member.done));
        member.join = step::settle;
        return member;
    }

    /** Several nodes on a line of control of their own. */
    static Member branch(String name, String path, Here here, List<Node> nodes) {
        Member member = new Member(name, here.frame());
        Pending<Operations.Joined> pending =
                here.ops().branch(path, ops -> member.cause = new Forward(here.on(ops, member.done)).run(nodes));
        member.join = () -> {
            pending.get();
            return member.cause;
        };
        return member;
    }

    /** Waits for its end. */
    Optional<Cause> join() {
        return join.get();
    }

    String name() {
        return name;
    }

    Frame frame() {
        return frame;
    }

    List<Done> done() {
        return done;
    }
}
