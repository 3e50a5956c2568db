package io.durablesaga.run;

import io.durablesaga.Effect;
import io.durablesaga.ItemScope;
import io.durablesaga.Undo;
import io.durablesaga.engine.Attempt;
import io.durablesaga.engine.Decision;
import io.durablesaga.engine.EffectKeys;
import io.durablesaga.engine.Operations;
import io.durablesaga.engine.Pending;
import io.durablesaga.engine.Reply;
import io.durablesaga.engine.StepCall;
import io.durablesaga.engine.StepOutcome;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.EffectReport.State;
import io.durablesaga.result.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Undoes, on one line of control, what has happened or may have, last first; one that fails does not stop the others. */
final class Unwind {
    private final RunContext run;
    private final Operations ops;
    private final List<EffectReport> reports = new ArrayList<>();
    private boolean held;

    Unwind(RunContext run, Operations ops) {
        this.run = run;
        this.ops = ops;
    }

    /** What became of each effect, in the order in which they were undone. */
    List<EffectReport> reports() {
        return reports;
    }

    /** Whether anything is left for a person. */
    boolean open() {
        return reports.stream().anyMatch(report -> report.state().open());
    }

    /** Undoes these, last first. */
    void all(List<Done> done) {
        for (int i = done.size() - 1; i >= 0; i--) {
            if (done.get(i) instanceof Done.Single single) {
                new UndoRun(single).settle();
            } else if (done.get(i) instanceof Done.Group group) {
                group(group);
            }
        }
    }

    private void group(Done.Group group) {
        List<List<Done>> members = new ArrayList<>(group.members());
        java.util.Collections.reverse(members);
        if (group.undoInParallel() && !held) {
            inParallel(members, group.path());
        } else {
            oneByOne(members);
        }
    }

    /** A held member does not hold its siblings, only what came before the group. */
    private void oneByOne(List<List<Done>> members) {
        boolean before = held;
        boolean any = held;
        for (List<Done> member : members) {
            held = before;
            all(member);
            any |= held;
        }
        held = any;
    }

    private void inParallel(List<List<Done>> members, String path) {
        List<Runnable> joins = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            List<Done> member = members.get(i);
            if (member.size() == 1 && member.get(0) instanceof Done.Single single) {
                joins.add(new UndoRun(single)::settle);
            } else if (!member.isEmpty()) {
                joins.add(branch(member, "undo:" + path + "#" + i));
            }
        }
        boolean any = held;
        for (Runnable join : joins) {
            held = false;
            join.run();
            any |= held;
        }
        held = any;
    }

    private Runnable branch(List<Done> member, String name) {
        List<Unwind> inside = new ArrayList<>();
        Pending<Operations.Joined> pending = ops.branch(name, branchOps -> {
            Unwind unwind = new Unwind(run, branchOps);
            unwind.all(member);
            inside.add(unwind);
        });
        return () -> {
            pending.get();
            reports.addAll(inside.get(0).reports);
            held |= inside.get(0).held;
        };
    }

    /** One undo on its way: started as an operation where there is a body to run, then settled from its outcome. */
    private final class UndoRun {
        private final Done.Single effect;
        private final @Nullable Pending<StepOutcome> started;

        UndoRun(Done.Single effect) {
            this.effect = effect;
            this.started =
                    !held && effect.undo() instanceof Undo.By<ItemScope<Object, Object>, Object> by ? start(by) : null;
        }

        void settle() {
            Undo<ItemScope<Object, Object>, Object> undo = effect.undo();
            if (undo instanceof Undo.Nothing<ItemScope<Object, Object>, Object> nothing) {
                report(State.NOTHING_TO_UNDO, 0, effect.lastError(), nothing.reason());
            } else if (undo instanceof Undo.Irreversible<ItemScope<Object, Object>, Object> irreversible) {
                report(State.IRREVERSIBLE, 0, effect.lastError(), irreversible.reason());
            } else if (undo instanceof Undo.By<ItemScope<Object, Object>, Object> by) {
                if (started == null) {
                    report(State.HELD, 0, effect.lastError(), "the undo of a later step failed and holds it");
                } else {
                    settle(by, started, 0);
                }
            }
        }

        private void settle(
                Undo.By<ItemScope<Object, Object>, Object> by, Pending<StepOutcome> pending, int attemptsBefore) {
            StepOutcome outcome = pending.get();
            int attempts = attemptsBefore + outcome.attempts();
            if (outcome instanceof StepOutcome.Completed) {
                run.telling().undone(ops, effect.path(), attempts);
                report(State.UNDONE, attempts, effect.lastError(), null);
                return;
            }
            Failure failure = ((StepOutcome.Failed) outcome).failure();
            run.telling().undoFailed(ops, effect.path(), attempts, failure);
            Optional<Decision> decision = by.options().parking() == null
                    ? Optional.empty()
                    : new Parked(run, ops).decide(effect.path(), by.options().parking());
            if (decision.isEmpty()) {
                held |= by.options().holding();
                report(State.NOT_UNDONE, attempts, failure, null);
            } else if (decision.get() instanceof Decision.Skip skip) {
                report(State.SKIPPED, attempts, failure, skip.reason());
            } else if (decision.get() instanceof Decision.Resolved resolved) {
                report(State.RESOLVED, attempts, failure, resolved.reason());
            } else {
                settle(by, start(by), attempts);
            }
        }

        private Pending<StepOutcome> start(Undo.By<ItemScope<Object, Object>, Object> by) {
            AttemptRunner runner = new AttemptRunner(run, effect.path(), true);
            StepCall.Body body = attempt -> attempt(by, runner, attempt);
            return ops.step(new StepCall(
                    StepCall.Kind.UNDO,
                    "undo:" + effect.path(),
                    effect.path(),
                    body,
                    by.options().retries().attempts(),
                    by.options().interruptions()));
        }

        private Reply attempt(Undo.By<ItemScope<Object, Object>, Object> by, AttemptRunner runner, Attempt attempt) {
            FrameView.OfStep scope = new FrameView.OfStep(
                    effect.frame(),
                    effect.path(),
                    EffectKeys.undo(run.identity(), effect.path()),
                    attempt.number(),
                    run.identity().name());
            return runner.undo(attempt, by.options(), () -> {
                by.body().undo(scope, effectOf(by, scope));
                return null;
            });
        }

        private Effect<Object> effectOf(Undo.By<ItemScope<Object, Object>, Object> by, FrameView.OfStep scope)
                throws Exception {
            String actionKey = EffectKeys.action(run.identity(), effect.path());
            Undo.Finding<ItemScope<Object, Object>, Object> finding = by.finding();
            return finding == null || effect.action() != EffectReport.Action.UNKNOWN
                    ? new Effect<>(actionKey, effect.result())
                    : new Effect<>(actionKey, finding.find(scope, actionKey));
        }

        private void report(State state, int attempts, @Nullable Failure error, @Nullable String reason) {
            reports.add(effect.report(run.identity(), state, attempts, error, reason));
        }
    }
}
