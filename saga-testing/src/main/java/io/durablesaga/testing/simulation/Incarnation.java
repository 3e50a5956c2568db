package io.durablesaga.testing.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Saga;
import io.durablesaga.engine.ReplayMismatch;
import io.durablesaga.engine.Reply;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.result.SagaResult;
import io.durablesaga.run.RunSettings;
import io.durablesaga.run.SagaRun;
import io.durablesaga.testing.engine.RecordGate.WriteFailed;
import io.durablesaga.testing.engine.RecordGate.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of one execution in one process: from its first operation until it ends, or can do nothing but wait, or is over. */
final class Incarnation {
    private final SimulatedProcess process;
    private final Records records;
    private final ExecutionRecord execution;
    private final int number;
    private final Turns turns;
    private final RunSettings settings;
    private final List<Wait> waits = new ArrayList<>();
    private @Nullable Runnable untold;

    Incarnation(SimulatedProcess process, ExecutionRecord execution, boolean lingering) {
        this.process = process;
        this.records = process.records();
        this.execution = execution;
        this.number = execution.begin();
        this.turns = new Turns(lingering);
        RunSettings all = process.settings();
        this.settings = new RunSettings(
                all.json(),
                event -> {
                    if (!isOver()) {
                        all.listener().on(event);
                    }
                },
                all.mostResultBytes(),
                all.log());
    }

    /** Runs the saga as far as it goes now; throws only what is nobody's plan. */
    void run() {
        try {
            runOrHalt();
        } catch (Throwable machinery) {
            turns.over(machinery);
            conclude(machinery);
        }
    }

    private void runOrHalt() {
        try {
            end(runSaga(process.saga(execution.saga())));
        } catch (ReplayMismatch mismatch) {
            turns.over(mismatch);
            write(List.of(), () -> execution.halt(String.valueOf(mismatch.getMessage())));
        }
    }

    private <I> SagaResult<?> runSaga(Saga<I, ?> saga) {
        Line root = new Line(this, "", !execution.pristine(), line -> turns.root());
        SagaResult<?> result = SagaRun.run(saga, this.<I>input(saga), root, settings);
        requireLive();
        execution.requireNothingLeft(number);
        return result;
    }

    @SuppressWarnings("unchecked") // read as the type that the saga says
    private <I> I input(Saga<I, ?> saga) {
        try {
            return (I) Objects.requireNonNull(settings.json().read(execution.input(), saga.inputType()));
        } catch (JsonProcessingException e) {
            throw new ReplayMismatch(
                    execution.label() + ": its recorded input does not read as "
                            + saga.inputType().getTypeName() + " (" + SagaJson.why(e)
                            + "); register the definition it was started with",
                    e);
        }
    }

    private void end(SagaResult<?> result) {
        Event how = result instanceof SagaResult.Completed<?> ? Event.COMPLETED : Event.FAILED;
        String json = process.write(result);
        write(List.of(execution.written(how)), () -> {
            execution.end(json);
            if (execution.parent() != null) {
                execution.parent().wake(now());
            }
        });
        tell();
    }

    /** What became of the execution where this incarnation was not its last. */
    private void conclude(Throwable machinery) {
        if (process.isDead() || machinery instanceof IncarnationOver.WriteLost) {
            return; // what is open goes on in the next process, or in another incarnation
        }
        if (machinery instanceof IncarnationOver.Suspended) {
            suspend();
        } else if (machinery instanceof Error error) {
            throw error;
        } else if (machinery instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void suspend() {
        boolean over = waits.stream().anyMatch(wait -> wait.over().getAsBoolean());
        Long until = over
                ? Long.valueOf(now())
                : waits.stream()
                        .map(Wait::until)
                        .filter(Objects::nonNull)
                        .min(Long::compare)
                        .orElse(null);
        execution.suspend(waits.stream().anyMatch(Wait::decision), until);
    }

    // what operations ask of their incarnation

    Records records() {
        return records;
    }

    ExecutionRecord execution() {
        return execution;
    }

    Turns turns() {
        return turns;
    }

    long now() {
        return records.time().now();
    }

    /** What was recorded at this position, which must be of this kind and name; null if nothing was. */
    @Nullable
    OperationRecord recorded(String position, Kind kind, String name) {
        requireLive();
        OperationRecord recorded = execution.recorded(position, kind, name);
        if (recorded != null) {
            recorded.see(number);
        }
        return recorded;
    }

    OperationRecord add(String position, Kind kind, String name) {
        OperationRecord added = new OperationRecord(kind, name);
        added.see(number);
        execution.add(position, added);
        return added;
    }

    Written written(Kind kind, String name, Event event, int attempt) {
        return new Written(execution.name(), kind.name(), name, event.name(), attempt);
    }

    /** Writes durably, or throws what ends this incarnation. */
    void write(List<Written> written, Runnable change) {
        try {
            records.write(written, this::requireLive, () -> {
                change.run();
                execution.progress();
            });
        } catch (WriteFailed failed) {
            throw new IncarnationOver.WriteLost(failed);
        }
    }

    /** Runs one attempt of a body, unless this incarnation is superseded. */
    Reply inBody(Supplier<Reply> attempt) {
        requireLive();
        process.bodies().enter();
        try {
            return attempt.get();
        } finally {
            process.bodies().leave();
        }
    }

    /** An operation can do no more for now. */
    void waits(Wait wait) {
        waits.add(wait);
    }

    /**
     * Tells later what is durable already: before this incarnation does anything else, or once its end is recorded where it
     * does nothing else.
     */
    void toTell(Runnable action) {
        tell();
        untold = action;
    }

    /** Tells what has not been told yet. */
    void tell() {
        requireLive();
        Runnable action = untold;
        untold = null;
        if (action != null) {
            action.run();
        }
    }

    private boolean isOver() {
        return process.isDead() || turns.isOver();
    }

    private void requireLive() {
        if (process.isDead()) {
            throw new IncarnationOver.Superseded();
        }
    }
}
