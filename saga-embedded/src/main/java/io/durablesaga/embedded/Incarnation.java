package io.durablesaga.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Saga;
import io.durablesaga.embedded.journal.CallbackRow;
import io.durablesaga.embedded.journal.ExecutionRow;
import io.durablesaga.embedded.journal.ExecutionRow.State;
import io.durablesaga.embedded.journal.RecordRow;
import io.durablesaga.embedded.journal.Writes;
import io.durablesaga.engine.EffectKeys;
import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.engine.ReplayMismatch;
import io.durablesaga.engine.Reply;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.result.SagaResult;
import io.durablesaga.run.SagaRun;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of one execution in this process, until it ends, or can do nothing but wait, or cannot go on. When it suspends its
 * records say where to go on, and no thread or memory is held.
 */
final class Incarnation implements Runnable {
    private final Scheduler scheduler;
    private final long id;
    private final boolean knownInterrupted;
    private final Outbox outbox;
    private final AtomicLong seq = new AtomicLong();

    private final Crew crew;

    private @Nullable ExecutionRow row;
    private @Nullable History history;
    private volatile boolean touched;
    private volatile boolean interruptedByClosing;

    /**
     * An incarnation to be run.
     *
     * @param knownInterrupted whether an incarnation of this process died on it without being able to record that
     */
    Incarnation(Scheduler scheduler, long id, boolean knownInterrupted) {
        this.scheduler = scheduler;
        this.id = id;
        this.knownInterrupted = knownInterrupted;
        this.outbox = new Outbox(scheduler.committer(), scheduler.workers());
        this.crew = new Crew(scheduler, id, this::push);
    }

    @Override
    public void run() {
        try {
            if (load()) {
                runSaga();
            } else if (row().state().ended()) {
                scheduler.ended(id, row().parent()); // its end was durable, and whoever wrote it was not told
            } else {
                scheduler.released(id);
            }
        } catch (Suspended suspension) {
            crew.quietly(() -> orTroubled(this::suspend));
        } catch (ReplayMismatch mismatch) {
            crew.over(mismatch);
            crew.quietly(() -> orTroubled(() -> halt(String.valueOf(mismatch.getMessage()))));
        } catch (Throwable machinery) {
            crew.over(machinery);
            crew.quietly(() -> scheduler.troubled(id, machinery, touched));
        }
    }

    /** Whether there is anything to do: what was due when the timer looked may have been done since. */
    private boolean load() {
        ExecutionRow loaded = scheduler.read(reads -> reads.execution(id)).orElseThrow();
        history = new History(
                "saga '" + loaded.saga() + "', execution '" + loaded.name() + "'",
                scheduler.read(reads -> reads.records(id)));
        seq.set(history.lastSeq());
        row = loaded;
        boolean fresh = loaded.state() == State.RUNNING && Objects.equals(loaded.wakeAt(), ExecutionRow.WORKED_ON);
        if (!fresh || knownInterrupted) {
            long resumedAt = scheduler.now(); // not when it is written, which is after what follows it has happened
            outbox.preface(writes -> resume(writes, resumedAt));
        }
        boolean due = loaded.wakeAt() != null && loaded.wakeAt() <= now();
        return !loaded.state().ended() && (due || knownInterrupted);
    }

    private void resume(Writes writes, long resumedAt) {
        if (interrupted()) {
            writes.append(
                    id,
                    new RecordRow(
                            seq.incrementAndGet(),
                            resumedAt,
                            "",
                            RecordRow.Kind.EXECUTION,
                            row().name(),
                            RecordRow.Event.RESUMED,
                            1,
                            null,
                            null));
        }
        writes.update(row().in(State.RUNNING, ExecutionRow.WORKED_ON, false, now()));
    }

    private void runSaga() {
        Saga<?, ?> saga = scheduler.saga(row().saga());
        SagaResult<?> result = run(saga);
        history().requireNothingLeft();
        end(result);
    }

    private <I> SagaResult<?> run(Saga<I, ?> saga) {
        Line root = new Line(this, "", !pristine());
        return SagaRun.run(saga, this.<I>input(saga), root, scheduler.settings());
    }

    @SuppressWarnings("unchecked") // read as the type that the saga says
    private <I> I input(Saga<I, ?> saga) {
        try {
            return (I) Objects.requireNonNull(scheduler.settings().json().read(row().input(), saga.inputType()));
        } catch (JsonProcessingException e) {
            throw new ReplayMismatch(
                    "saga '" + saga.name() + "', execution '" + row().name() + "': its recorded input does not read as "
                            + saga.inputType().getTypeName() + " (" + SagaJson.why(e)
                            + "); register the definition it was started with",
                    e);
        }
    }

    // what operations ask of their incarnation

    ExecutionIdentity identity() {
        return new ExecutionIdentity(row().uid(), row().name());
    }

    ExecutionRow row() {
        return Objects.requireNonNull(row);
    }

    History history() {
        return Objects.requireNonNull(history);
    }

    Outbox outbox() {
        return outbox;
    }

    Crew crew() {
        return crew;
    }

    /** Whether nothing has been recorded or started yet. */
    boolean pristine() {
        return history().empty() && !interrupted() && !touched;
    }

    /** Whether operations may have started that no record tells of. */
    boolean interrupted() {
        return row().interrupted() || knownInterrupted;
    }

    long now() {
        return scheduler.now();
    }

    String newId() {
        return scheduler.newId();
    }

    boolean closing() {
        return scheduler.closing();
    }

    void record(
            Operation<?> operation,
            RecordRow.Event event,
            int attempt,
            @Nullable String payload,
            @Nullable Long wakeAt) {
        record(operation, event, attempt, payload, wakeAt, writes -> {});
    }

    /** A record and what must be written together with it: other lines may hand in whatever lies between two changes. */
    void record(
            Operation<?> operation,
            RecordRow.Event event,
            int attempt,
            @Nullable String payload,
            @Nullable Long wakeAt,
            Consumer<Writes> together) {
        touched = true;
        long at = now();
        outbox.add(writes -> {
            writes.append(
                    id,
                    new RecordRow(
                            seq.incrementAndGet(),
                            at,
                            operation.position,
                            operation.kind,
                            operation.name,
                            event,
                            attempt,
                            payload,
                            wakeAt));
            together.accept(writes);
        });
    }

    /** Everything recorded so far is durable, and this incarnation is not superseded. */
    void beforeEffect() {
        touched = true;
        outbox.flush();
        scheduler.requireAlive();
    }

    /** An attempt that was broken off by closing has no outcome; one that completed all the same has. */
    boolean discards(Reply reply) {
        if (reply instanceof Reply.Completed || !scheduler.interrupting()) {
            return false;
        }
        interruptedByClosing = true;
        return true;
    }

    CallbackRow callbackNow(String callbackId) {
        CallbackRow callback =
                scheduler.read(reads -> reads.callback(callbackId)).orElseThrow();
        if (callback.at(now()).state() == callback.state()) {
            return callback;
        }
        return scheduler.commit(writes -> {
            CallbackRow latest = writes.callback(callbackId).orElseThrow().at(now());
            writes.put(latest);
            return latest;
        });
    }

    Optional<ExecutionRow> executionNow(String name) {
        return scheduler.read(reads -> reads.execution(name));
    }

    /** The execution that an operation invokes, unless it is there already. */
    void openChild(InvokeOperation operation, String name, String saga, String input) {
        String uid = newId();
        long at = now();
        record(operation, RecordRow.Event.OPENED, 1, name, null, writes -> {
            if (writes.execution(name).isEmpty()) {
                writes.insert(new ExecutionRow(
                        0,
                        name,
                        uid,
                        EffectKeys.executionPart(uid),
                        saga,
                        input,
                        State.WAITING,
                        0L,
                        false,
                        at,
                        at,
                        null,
                        null,
                        id));
            }
        });
        outbox.flush();
        scheduler.signal();
    }

    /** As long as nothing has happened there is nothing to write, and nothing to tell that another would not tell again. */
    private void push() {
        if (touched) {
            outbox.push();
        }
    }

    /** What cannot be finished now is finished by another incarnation later. */
    private void orTroubled(Runnable finish) {
        try {
            finish.run();
        } catch (RuntimeException journal) {
            scheduler.troubled(id, journal, touched);
        }
    }

    // the end of an incarnation

    private void suspend() {
        List<Operation<?>> waiting = crew.waiting();
        List<Operation.Waiting> waits = waiting.stream()
                .map(operation -> operation.waiting)
                .map(Objects::requireNonNull)
                .toList();
        boolean interrupted = interruptedByClosing || (scheduler.closing() && interrupted());
        long next = waits.stream()
                .map(Operation.Waiting::until)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .min()
                .orElse(Long.MAX_VALUE);
        boolean parked = waits.stream().anyMatch(Operation.Waiting::decision);
        if (pristine()) {
            outbox.leaveUntold();
        }
        outbox.dropLonePreface();
        outbox.add(writes -> {
            boolean acted = waiting.stream().anyMatch(operation -> hasEnded(operation, writes));
            Long wakeAt = acted ? Long.valueOf(0) : next == Long.MAX_VALUE ? null : Long.valueOf(next);
            writes.update(row().in(parked ? State.PARKED : State.WAITING, wakeAt, interrupted, now()));
        });
        outbox.flushAndTell();
        scheduler.released(id);
    }

    private static boolean hasEnded(Operation<?> operation, Writes writes) {
        if (operation instanceof CallbackOperation callback) {
            return writes.callback(callback.id())
                    .filter(row -> row.state() == CallbackRow.State.OPEN)
                    .isEmpty();
        }
        return operation instanceof InvokeOperation invoke
                && writes.execution(invoke.child())
                        .filter(child -> child.state().ended())
                        .isPresent();
    }

    private void end(SagaResult<?> result) {
        String json = scheduler.writeResult(result);
        State end = result instanceof SagaResult.Completed<?>
                ? State.COMPLETED
                : result instanceof SagaResult.Compensated<?> ? State.COMPENSATED : State.STUCK;
        outbox.add(writes -> {
            ExecutionRow ended = row().ended(end, json, now());
            writes.update(ended);
            if (ended.parent() != null) {
                writes.execution(ended.parent()).ifPresent(parent -> wake(parent, writes));
            }
        });
        outbox.flushAndTell();
        scheduler.ended(id, row().parent());
    }

    private void wake(ExecutionRow parent, Writes writes) {
        if (parent.state() == State.WAITING || parent.state() == State.PARKED) {
            writes.update(parent.in(parent.state(), 0L, parent.interrupted(), now()));
        }
    }

    /** Nothing of this incarnation is written; what earlier ones wrote stays as it is. */
    private void halt(String reason) {
        boolean interrupted = interrupted() || touchedDurably();
        scheduler.halted(row().halted(reason, interrupted, now()));
    }

    private boolean touchedDurably() {
        return scheduler
                .read(reads -> reads.execution(id))
                .map(current -> Objects.equals(current.wakeAt(), ExecutionRow.WORKED_ON))
                .orElse(false);
    }
}
