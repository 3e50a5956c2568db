package io.durablesaga.testing.simulation;

import io.durablesaga.engine.Pending;
import io.durablesaga.testing.engine.RecordGate.Written;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One operation in one incarnation. What it can do without an outcome of another one it does when it is opened, so that
 * operations beside each other are all under way before one of them is waited for.
 */
abstract class Operation<T> implements Pending<T> {
    final Line line;
    final Incarnation incarnation;
    private final String position;
    private final Kind kind;
    private final String name;
    private @Nullable OperationRecord record;
    private @Nullable T outcome;
    private boolean fresh = true;
    private @Nullable Fiber awaitedBy;

    Operation(Line line, String position, Kind kind, String name) {
        this.line = line;
        this.incarnation = line.incarnation();
        this.position = position;
        this.kind = kind;
        this.name = name;
    }

    /** Takes what is recorded of it, or begins. */
    final void open() {
        record = incarnation.recorded(position, kind, name);
        if (record != null && record.outcome() != null) {
            outcome = cast(record.outcome());
            fresh = false;
        } else {
            proceed(record);
        }
    }

    /** Brings it on as far as it gets before somebody waits for it. */
    abstract void proceed(@Nullable OperationRecord recorded);

    /** Brings it on as far as it gets when its line waits for it. */
    void demand() {}

    @Override
    public final T get() {
        return line.outcomeOf(this);
    }

    final boolean finished() {
        return outcome != null;
    }

    final T outcome() {
        return Objects.requireNonNull(outcome);
    }

    /** Whether this incarnation is the first to hand the outcome out. */
    boolean fresh() {
        return fresh;
    }

    /** What is recorded of it, once anything is. */
    final OperationRecord record() {
        return Objects.requireNonNull(record);
    }

    final String name() {
        return name;
    }

    /** This line cannot go on before the outcome is there. */
    final void awaitedBy(Fiber fiber) {
        awaitedBy = fiber;
    }

    final Written written(Event event, int attempt) {
        return incarnation.written(kind, name, event, attempt);
    }

    final void write(Event event, int attempt, Consumer<OperationRecord> change) {
        write(List.of(written(event, attempt)), change);
    }

    final void write(List<Written> written, Consumer<OperationRecord> change) {
        incarnation.write(written, () -> {
            if (record == null) {
                record = incarnation.add(position, kind, name);
            }
            change.accept(record);
        });
    }

    /** Writes how it ended. */
    final void end(Event how, int attempt, T with) {
        write(how, attempt, changed -> changed.end(how, with));
        finish(with);
    }

    final void finish(T with) {
        outcome = with;
        if (awaitedBy != null) {
            incarnation.turns().ready(awaitedBy);
        }
    }

    @SuppressWarnings("unchecked") // kind and name are those under which it was recorded
    private T cast(Object recorded) {
        return (T) recorded;
    }
}
