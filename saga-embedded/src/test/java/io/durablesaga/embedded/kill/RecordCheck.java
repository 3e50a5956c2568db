package io.durablesaga.embedded.kill;

import io.durablesaga.embedded.kill.Entry.Direction;
import io.durablesaga.embedded.kill.Entry.End;
import io.durablesaga.embedded.kill.Entry.Kind;
import io.durablesaga.embedded.kill.Journal.Row;
import io.durablesaga.embedded.kill.Journal.Settled;
import io.durablesaga.embedded.kill.Trail.Attempt;
import io.durablesaga.engine.CallbackAnswer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Holds what the journal recorded of one execution against what the world has said. */
final class RecordCheck {
    private static final String UNDO = "undo:";
    private static final String AWAIT = "await:";

    private final Row row;
    private final Shape shape;
    private final Trail trail;
    private final List<String> answers;
    private final List<Violation> violations = new ArrayList<>();

    private RecordCheck(Row row, Shape shape, Trail trail, List<String> invokedAnswers) {
        this.row = row;
        this.shape = shape;
        this.trail = trail;
        this.answers = new ArrayList<>(invokedAnswers);
    }

    /**
     * Checks the last records of an execution.
     *
     * @param invokedAnswers what the execution that it has invoked yielded
     */
    static List<Violation> of(Row row, Shape shape, Trail trail, List<Settled> records, List<String> invokedAnswers) {
        RecordCheck check = new RecordCheck(row, shape, trail, invokedAnswers);
        records.forEach(check::record);
        if (row.state() == Journal.State.COMPLETED) {
            check.yields();
        }
        return check.violations;
    }

    private void record(Settled record) {
        switch (record.kind()) {
            case ACTION -> action(record);
            case UNDO -> attempt(record, Direction.UNDO, record.name().substring(UNDO.length()));
            case CAPTURE -> captured(record);
            case CALLBACK -> callback(record);
            case POLL -> poll(record);
            case EXECUTION, FAILURE, SLEEP, INVOKE -> {}
        }
    }

    private void action(Settled record) {
        attempt(record, Direction.DO, record.name());
        boolean notice = shape.effects()
                .anyMatch(effect -> effect.path().equals(record.name()) && effect.kind() == Shape.Kind.NOTICE);
        if (record.outcome().completed() && !notice) {
            said(record, trail.effects(Direction.DO, record.name()));
        }
    }

    /** The attempt that was recorded ended as it was recorded. */
    private void attempt(Settled record, Direction direction, String path) {
        End ended = trail.attempts(direction, path).stream()
                .filter(attempt -> attempt.begin().attempt() == record.outcome().attempt())
                .map(Attempt::end)
                .filter(end -> end != null)
                .map(end -> End.valueOf(end.detail()))
                .findFirst()
                .orElse(null);
        if (ended == null || (ended == End.OK) != record.outcome().completed()) {
            lost(record.kind() + " of " + path + ", attempt " + record.outcome().attempt() + ", is recorded as "
                    + (record.outcome().completed() ? "completed" : "failed") + "; it ended " + ended);
        }
    }

    private void captured(Settled record) {
        String value = Report.text(record.outcome().payload());
        trail.attempts(Direction.DO).stream()
                .map(attempt -> attempt.begin().detail())
                .filter(detail -> detail.startsWith("quote-") && !detail.equals(value))
                .findFirst()
                .ifPresent(other -> violations.add(Violation.duplicated(
                        row.name(), record.name() + " was recorded as " + value + ", and a step was handed " + other)));
    }

    private void callback(Settled record) {
        if (record.name().startsWith(Rulings.DECIDE)) {
            ruled(record);
            return;
        }
        if (!record.outcome().completed()) {
            answers.add("nobody");
            return;
        }
        String path = record.name().substring(AWAIT.length());
        String said =
                "said-" + trail.attempts(Direction.DO, path).get(0).begin().detail();
        String recorded = String.valueOf(record.outcome().payload());
        answers.add(recorded);
        if (!said.equals(recorded)) {
            lost("the callback of " + path + " was answered " + said + ", and " + recorded + " is recorded");
        }
    }

    /** What was decided is what somebody decided, and what the engine has accepted is not forgotten. */
    private void ruled(Settled record) {
        String path = record.name().substring(Rulings.DECIDE.length());
        boolean accepted = heard(Kind.DECIDED, path).contains(CallbackAnswer.ACCEPTED.name());
        String recorded = Rulings.stateOf(record);
        boolean wanted = record.outcome().completed()
                ? heard(Kind.DECIDES, path).stream()
                        .anyMatch(ruling ->
                                Rulings.stateOf(Fate.Ruling.valueOf(ruling)).equals(recorded))
                : !accepted;
        if (!wanted) {
            lost("of " + record.name() + " is recorded " + record.outcome().payload() + ", and somebody decided "
                    + heard(Kind.DECIDES, path) + ", " + heard(Kind.DECIDED, path));
        }
    }

    private List<String> heard(Kind kind, String path) {
        return trail.entries().stream()
                .filter(entry -> entry.is(kind) && entry.path().equals(path))
                .map(Entry::detail)
                .toList();
    }

    private void poll(Settled record) {
        if (!record.outcome().completed()) {
            answers.add("never-accepted");
            return;
        }
        said(
                record,
                trail.entries().stream()
                        .filter(entry -> entry.is(Kind.FOUND) && entry.path().equals(record.name()))
                        .limit(1)
                        .toList());
    }

    private void said(Settled record, List<Entry> said) {
        String recorded = Report.text(record.outcome().payload());
        answers.add(recorded);
        if (said.size() != 1 || !said.get(0).detail().equals(recorded)) {
            lost("of " + record.name() + " is recorded " + recorded + ", and the ledger says " + said);
        }
    }

    private void yields() {
        List<String> yielded = new ArrayList<>(Report.answers(row));
        Collections.sort(yielded);
        Collections.sort(answers);
        if (!yielded.equals(answers)) {
            lost("it yields " + yielded + ", and its steps were told " + answers);
        }
    }

    private void lost(String text) {
        violations.add(Violation.lost(row.name(), text));
    }
}
