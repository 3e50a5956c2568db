package io.durablesaga.properties;

import io.durablesaga.properties.Expected.Cause;
import io.durablesaga.properties.Expected.Report;
import io.durablesaga.result.EffectReport.Action;
import io.durablesaga.result.EffectReport.State;
import io.durablesaga.result.Failure;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step, capture or notification, through all that a person says of it. */
final class ModelStep {
    private final Line line;
    private final boolean pastPivot;
    private final @Nullable UndoSpec undo;
    private final boolean replays;
    private Optional<Cause> cause = Optional.empty();
    private boolean completed;
    private boolean applied;

    /**
     * A step on a line.
     *
     * @param undo null for a capture
     */
    ModelStep(Line line, boolean pastPivot, @Nullable UndoSpec undo, boolean replays) {
        this.line = line;
        this.pastPivot = pastPivot;
        this.undo = undo;
        this.replays = replays;
    }

    /** A body with an effect. */
    ModelStep action(String name, Work work) {
        Body body = line.forward(name);
        Behaviour.Applied ever = Behaviour.Applied.NO;
        int round = 0;
        while (true) {
            Behaviour behaviour = work.inRound(round);
            ever = either(ever, behaviour.applied());
            boolean fine = behaviour.then() == Behaviour.Then.FINE;
            line.record("ACTION " + line.path(name) + (fine ? " COMPLETED" : " FAILED"));
            if (fine) {
                done(name, body, Action.COMPLETED);
                completed = true;
                break;
            }
            boolean clean = behaviour.rejects()
                    && (replays || (round == 0 && behaviour.failures() == 0 && line.facts.rejectingAttempt(body) == 1));
            if (!pastPivot || !again(name, work.choice(round), clean)) {
                failed(name, body, clean);
                break;
            }
            round++;
        }
        applied = ever != Behaviour.Applied.NO;
        line.runs(body, ever);
        return this;
    }

    /** A body that only reads: how it fails is always clean. */
    ModelStep capture(String name, Work work) {
        line.reads(line.forward(name));
        int round = 0;
        while (true) {
            boolean fine = work.inRound(round).then() == Behaviour.Then.FINE;
            line.record("CAPTURE " + line.path(name) + (fine ? " COMPLETED" : " FAILED"));
            completed = fine;
            if (fine) {
                return this;
            }
            if (!pastPivot || !again(name, work.choice(round), true)) {
                failed(name, line.forward(name), true);
                return this;
            }
            round++;
        }
    }

    /** Why the saga cannot go on; what is yielded is seen by what follows. */
    Optional<Cause> settle(Runnable yielded) {
        if (completed) {
            yielded.run();
        }
        return cause;
    }

    /** Whether the effect happened, whatever came of it. */
    boolean everApplied() {
        return applied;
    }

    /** Past the pivot: whether a person says to attempt it again; notes what else a person says. */
    private boolean again(String name, Work.Choice choice, boolean clean) {
        line.record(
                "CALLBACK decide:" + line.path(name) + (choice.says() == Work.Says.NOTHING ? " FAILED" : " COMPLETED"));
        if (choice.says() == Work.Says.RETRY) {
            return true;
        }
        State state = switch (choice.says()) {
            case SKIP -> State.SKIPPED;
            case RESOLVED -> State.RESOLVED;
            default -> State.NOT_DONE;
        };
        Action action = clean ? Action.REJECTED : Action.UNKNOWN;
        line.done.add(
                new Done.Decided(new Report(line.path(name), action, state), new Cause(line.path(name), kind(clean))));
        if (state == State.NOT_DONE) {
            cause = Optional.of(new Cause(line.path(name), kind(clean)));
        }
        return false;
    }

    private void failed(String name, Body body, boolean clean) {
        if (pastPivot) {
            return;
        }
        if (!clean) {
            done(name, body, Action.UNKNOWN);
        }
        cause = Optional.of(new Cause(line.path(name), kind(clean)));
    }

    private void done(String name, Body body, Action action) {
        if (undo != null) {
            line.done.add(new Done.Single(line.path(name), body, Objects.requireNonNull(undo), action));
        }
    }

    private static Failure.Kind kind(boolean clean) {
        return clean ? Failure.Kind.REJECTED : Failure.Kind.UNKNOWN;
    }

    static Behaviour.Applied either(Behaviour.Applied one, Behaviour.Applied other) {
        if (one == Behaviour.Applied.YES || other == Behaviour.Applied.YES) {
            return Behaviour.Applied.YES;
        }
        return one == Behaviour.Applied.NO ? other : one;
    }
}
