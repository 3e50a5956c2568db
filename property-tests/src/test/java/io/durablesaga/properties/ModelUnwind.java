package io.durablesaga.properties;

import io.durablesaga.properties.Expected.Report;
import io.durablesaga.result.EffectReport.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way back: last first; what fails for good holds earlier ones only where it says so. */
final class ModelUnwind {
    private final Line line;
    private final Set<Body> before;
    private final List<Report> reports = new ArrayList<>();
    private boolean held;

    ModelUnwind(Line line) {
        this(line, line.before);
    }

    private ModelUnwind(Line line, Set<Body> before) {
        this.line = line;
        this.before = before;
    }

    List<Report> reports() {
        return reports;
    }

    void all(List<Done> done) {
        for (int i = done.size() - 1; i >= 0; i--) {
            if (done.get(i) instanceof Done.Single single) {
                reports.add(new Report(single.path(), single.action(), state(single)));
            } else if (done.get(i) instanceof Done.Group group) {
                group(group);
            }
        }
    }

    /** A member that holds what came before holds nothing of the other members, only what came before the group. */
    private void group(Done.Group group) {
        List<List<Done>> members = new ArrayList<>(group.members());
        Collections.reverse(members);
        boolean heldBefore = held;
        boolean heldAfter = held;
        Set<Body> undone = new LinkedHashSet<>();
        for (List<Done> member : members) {
            Set<Body> beforeMember = group.undoInParallel() && !heldBefore ? new LinkedHashSet<>(before) : before;
            ModelUnwind inside = new ModelUnwind(line, beforeMember);
            inside.held = heldBefore;
            inside.all(member);
            reports.addAll(inside.reports);
            undone.addAll(beforeMember);
            heldAfter |= inside.held;
        }
        before.addAll(undone);
        held = heldAfter;
    }

    private State state(Done.Single single) {
        if (single.undo() instanceof UndoSpec.Nothing) {
            return State.NOTHING_TO_UNDO;
        } else if (single.undo() instanceof UndoSpec.Irreversible) {
            return State.IRREVERSIBLE;
        }
        return held ? State.HELD : undone(single, (UndoSpec.By) single.undo());
    }

    private State undone(Done.Single single, UndoSpec.By by) {
        Behaviour.Applied ever = Behaviour.Applied.NO;
        State state = null;
        for (int round = 0; state == null; round++) {
            Behaviour behaviour = by.work().inRound(round);
            ever = ModelStep.either(ever, behaviour.applied());
            boolean fine = behaviour.then() == Behaviour.Then.FINE;
            line.record("UNDO undo:" + single.path() + (fine ? " COMPLETED" : " FAILED"));
            state = fine ? State.UNDONE : failed(single, by, round);
        }
        Body body = Body.undo(single.body().place());
        line.expected.bodies.put(body, ever);
        line.expected.before.put(body, Set.copyOf(before));
        before.add(body);
        return state;
    }

    /** What a person says of it, or null for "again". */
    private @Nullable State failed(Done.Single single, UndoSpec.By by, int round) {
        Work.Says says = by.parks() ? by.work().choice(round).says() : Work.Says.NOTHING;
        if (by.parks()) {
            line.record("CALLBACK decide:" + single.path() + (says == Work.Says.NOTHING ? " FAILED" : " COMPLETED"));
        }
        if (says == Work.Says.NOTHING) {
            held |= by.holds();
        }
        return switch (says) {
            case NOTHING -> State.NOT_UNDONE;
            case SKIP -> State.SKIPPED;
            case RESOLVED -> State.RESOLVED;
            case RETRY -> null;
        };
    }
}
