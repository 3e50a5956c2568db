package io.durablesaga.embedded.kill;

import io.durablesaga.embedded.kill.Entry.Direction;
import io.durablesaga.embedded.kill.Entry.End;
import io.durablesaga.embedded.kill.Journal.Row;
import io.durablesaga.embedded.kill.Trail.Attempt;
import io.durablesaga.embedded.kill.Trail.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds what the ledger tells of one execution against how the journal says that it ended. */
final class ExecutionCheck {
    private final Row row;
    private final Shape shape;
    private final Trail trail;
    private final Map<String, String> ruled;
    private final @Nullable Invoked invoked;
    private final List<Violation> violations = new ArrayList<>();

    /** The execution that this one has invoked. */
    record Invoked(Row row, Trail trail) {}

    /** What the ledger says of an action. */
    private enum Known {
        NOT_STARTED,
        COMPLETED,
        REJECTED,
        UNKNOWN
    }

    private ExecutionCheck(Row row, Shape shape, Trail trail, Map<String, String> ruled, @Nullable Invoked invoked) {
        this.row = row;
        this.shape = shape;
        this.trail = trail;
        this.ruled = ruled;
        this.invoked = invoked;
    }

    /**
     * Checks one execution.
     *
     * @param ruled what became of the undos that were parked, by path
     */
    static List<Violation> of(Row row, Shape shape, Trail trail, Map<String, String> ruled, @Nullable Invoked invoked) {
        ExecutionCheck check = new ExecutionCheck(row, shape, trail, ruled, invoked);
        check.keys();
        check.oneWay(shape);
        check.causality();
        switch (row.state()) {
            case COMPLETED -> check.completed();
            case COMPENSATED, STUCK -> check.unwound();
            case RUNNING, WAITING, PARKED, HALTED ->
                check.lost("it has not ended: it is " + row.state().name().toLowerCase(Locale.ROOT));
        }
        return check.violations;
    }

    /** One key, one effect, one input and no attempt number twice, per step and direction. */
    private void keys() {
        for (Side side : trail.sides()) {
            List<Attempt> attempts = trail.attempts(side.direction(), side.path());
            String step = side.direction() + " of " + side.path();
            Set<String> keys =
                    attempts.stream().map(a -> a.begin().key()).collect(Collectors.toCollection(TreeSet::new));
            if (keys.size() > 1) {
                duplicated(step + " had " + keys.size() + " keys: " + keys);
            }
            int effects = trail.effects(side.direction(), side.path()).size();
            if (effects > 1) {
                duplicated(step + " had " + effects + " effects");
            }
            long inputs =
                    attempts.stream().map(a -> a.begin().detail()).distinct().count();
            if (inputs > 1) {
                duplicated(step + " was handed " + inputs + " different things");
            }
            for (int i = 1; i < attempts.size(); i++) {
                if (attempts.get(i).begin().attempt()
                        <= attempts.get(i - 1).begin().attempt()) {
                    duplicated(step + " had attempt " + attempts.get(i).begin().attempt() + " twice");
                }
            }
        }
    }

    /** Of two branches one is taken, by whichever process. */
    private void oneWay(Shape part) {
        if (part instanceof Shape.Either either && hasBegun(either.then()) && hasBegun(either.otherwise())) {
            duplicated("it took both branches, " + either.then() + " and " + either.otherwise());
        }
        part.parts().forEach(this::oneWay);
    }

    private boolean hasBegun(Shape part) {
        return part.effects().anyMatch(effect -> known(effect) != Known.NOT_STARTED);
    }

    /** What may begin only after something else is over. */
    private void causality() {
        violations.addAll(OrderCheck.of(row.name(), Direction.DO, shape, this::actions));
        violations.addAll(OrderCheck.of(row.name(), Direction.UNDO, shape, this::undos));
        Optional<Entry> firstUndo = trail.firstUndo();
        if (firstUndo.isEmpty()) {
            return;
        }
        List<Attempt> actions = new ArrayList<>(trail.attempts(Direction.DO));
        if (invoked != null) {
            actions.addAll(asAttempts(invoked));
        }
        for (Attempt action : actions) {
            if (action.begin().position() > firstUndo.get().position()) {
                outOfOrder("DO of " + action.begin().path() + " began at "
                        + action.begin().position() + ", after the first undo");
            } else if (!action.overBefore(firstUndo.get())) {
                outOfOrder("DO of " + action.begin().path() + " was under way when the first undo began at "
                        + firstUndo.get().position());
            }
        }
    }

    private void completed() {
        if (trail.firstUndo().isPresent()) {
            outOfOrder("it completed, and " + trail.firstUndo().get().path() + " was undone");
        }
        due(shape)
                .filter(effect -> known(effect) != Known.COMPLETED)
                .forEach(effect -> lost("it completed, and " + effect.path() + " is " + known(effect)));
    }

    /** The effects of a completed execution; of two branches those of the one that has begun. */
    private Stream<Shape.Effect> due(Shape part) {
        if (part instanceof Shape.Effect effect) {
            return Stream.of(effect);
        }
        if (part instanceof Shape.Either either) {
            return due(hasBegun(either.then()) ? either.then() : either.otherwise());
        }
        return part.parts().stream().flatMap(this::due);
    }

    private void unwound() {
        Map<String, Report> reports = Report.read(row);
        String cause = Report.cause(row);
        shape.effects()
                .filter(effect -> effect.path().equals(cause) && effect.kind() != Shape.Kind.NOTICE)
                .filter(effect -> known(effect) != Known.REJECTED && known(effect) != Known.UNKNOWN)
                .forEach(effect -> lost("it was undone because of " + cause + ", which is " + known(effect)));
        shape.effects().forEach(effect -> {
            Known known = known(effect);
            boolean due = known == Known.COMPLETED || known == Known.UNKNOWN;
            Report report = reports.get(effect.path());
            if (due != (report != null)) {
                lost("the result " + (due ? "does not list " : "lists ") + effect.path() + ", which is " + known);
            } else if (due && effect.kind() != Shape.Kind.KEPT) {
                undone(effect, known, report);
            } else if (!undos(effect).isEmpty()) {
                outOfOrder(effect.path() + " is " + known + ", and was undone");
            }
        });
    }

    private void undone(Shape.Effect effect, Known known, Report report) {
        List<Attempt> undos = undos(effect);
        boolean done = !undos.isEmpty() && undos.get(undos.size() - 1).ended(End.OK);
        if (done && trail.effects(Direction.UNDO, effect.path()).size() != 1) {
            lost(effect.path() + " was undone without an effect");
        }
        String expected = done ? "UNDONE" : ruled.getOrDefault(effect.path(), "NOT_UNDONE");
        if (!done && !expected.equals("RESOLVED") && row.state() != Journal.State.STUCK) {
            lost(effect.path() + " is " + known + ", and was not undone");
        } else if (!report.state().equals(expected)) {
            lost("the result says that " + effect.path() + " is " + report.state() + "; it is " + expected);
        }
        for (Attempt undo : undos) {
            handed(effect, known, undo.begin(), report);
        }
    }

    /** An undo is handed the key of its action, and its result where there is one. */
    private void handed(Shape.Effect effect, Known known, Entry undo, Report report) {
        String[] handed = undo.detail().split(" ", 2);
        if (!undo.key().equals(report.undoKey()) || !handed[0].equals(report.actionKey())) {
            lost("the result names other keys of " + effect.path() + " than its undo had");
        }
        if (effect.kind() != Shape.Kind.STEP) {
            return;
        }
        Entry action = actions(effect).get(0).begin();
        if (!handed[0].equals(action.key())) {
            lost("the undo of " + effect.path() + " was handed another key than its action's");
        }
        String answer = trail.effects(Direction.DO, effect.path()).stream()
                .map(Entry::detail)
                .findFirst()
                .orElse("none");
        if (!handed[1].equals(known == Known.COMPLETED ? answer : "unknown")) {
            lost("the undo of " + effect.path() + " was handed " + handed[1] + "; its action is " + known + ", "
                    + answer);
        }
    }

    private Known known(Shape.Effect effect) {
        if (effect.kind() == Shape.Kind.INVOKE) {
            return knownOfInvoked();
        }
        List<Attempt> attempts = actions(effect);
        if (attempts.isEmpty()) {
            return Known.NOT_STARTED;
        }
        Attempt last = attempts.get(attempts.size() - 1);
        if (last.ended(End.OK)) {
            return Known.COMPLETED;
        }
        return last.ended(End.REJECTED) && last.begin().attempt() == 1 ? Known.REJECTED : Known.UNKNOWN;
    }

    private Known knownOfInvoked() {
        if (invoked == null) {
            return Known.NOT_STARTED;
        }
        return switch (invoked.row().state()) {
            case COMPLETED -> Known.COMPLETED;
            case COMPENSATED -> Known.REJECTED;
            case STUCK, RUNNING, WAITING, PARKED, HALTED -> Known.UNKNOWN;
        };
    }

    private List<Attempt> actions(Shape.Effect effect) {
        if (effect.kind() == Shape.Kind.INVOKE) {
            return invoked == null ? List.of() : asAttempts(invoked);
        }
        return trail.attempts(Direction.DO, effect.path());
    }

    private List<Attempt> undos(Shape.Effect effect) {
        return trail.attempts(Direction.UNDO, effect.path());
    }

    /** An invoked execution is one long attempt, from its first line to its last. */
    private static List<Attempt> asAttempts(Invoked invoked) {
        List<Entry> entries = invoked.trail().entries();
        return entries.isEmpty() ? List.of() : List.of(new Attempt(entries.get(0), entries.get(entries.size() - 1)));
    }

    private void lost(String text) {
        violations.add(Violation.lost(row.name(), text));
    }

    private void duplicated(String text) {
        violations.add(Violation.duplicated(row.name(), text));
    }

    private void outOfOrder(String text) {
        violations.add(Violation.outOfOrder(row.name(), text));
    }
}
