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
import io.durablesaga.result.SagaResult;
import io.durablesaga.run.SagaRun;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of one execution in this process, until it ends, or can do nothing but wait, or cannot go on. It counts the threads
 * that work on it; when the last one blocks, it suspends: its records say where to go on, and no thread or memory is held.
 */
final class Incarnation implements Runnable {
    private final Scheduler scheduler;
    private final long id;
    private final boolean knownInterrupted;
    private final Outbox outbox;
    private final AtomicLong seq = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Operation<?>> waiting = new LinkedHashSet<>();
    private int active = 1;
    private int running;
    private int pokes;
    private boolean suspended;
    private boolean interruptedByClosing;
    private @Nullable Throwable failure;
    private @Nullable Runnable whenQuiet;
    private long armedFor = Long.MAX_VALUE;

    private @Nullable ExecutionRow row;
    private @Nullable History history;
    private volatile boolean touched;

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
    }

    @Override
    public void run() {
        try {
            if (load()) {
                runSaga();
            } else {
                scheduler.released(id);
            }
        } catch (Suspended suspension) {
            quietly(() -> orTroubled(this::suspend));
        } catch (ReplayMismatch mismatch) {
            over(mismatch);
            quietly(() -> orTroubled(() -> halt(String.valueOf(mismatch.getMessage()))));
        } catch (Throwable machinery) {
            over(machinery);
            quietly(() -> scheduler.troubled(id, machinery));
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
                            + saga.inputType().getTypeName() + " (" + e.getOriginalMessage()
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
        lock.lock();
        try {
            interruptedByClosing = true;
        } finally {
            lock.unlock();
        }
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

    // threads

    /** Hands an operation to the pool, unless its own line gets to it first. */
    void dispatch(Operation<?> operation) {
        lock.lock();
        try {
            active++;
        } finally {
            lock.unlock();
        }
        try {
            scheduler.workers().execute(() -> bringOn(operation));
        } catch (RejectedExecutionException closed) {
            over(closed);
        }
    }

    private void bringOn(Operation<?> operation) {
        if (enter() && operation.claim()) {
            try {
                operation.proceed();
                push();
            } catch (Suspended suspension) {
                // its line goes on in another incarnation
            } catch (Throwable machinery) {
                over(machinery);
            }
        }
        leave();
    }

    private boolean enter() {
        lock.lock();
        try {
            running++;
            return !suspended && failure == null;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        Runnable then = null;
        lock.lock();
        try {
            running--;
            active--;
            settleActive();
            if (running == 0 && whenQuiet != null) {
                then = whenQuiet;
                whenQuiet = null;
            }
        } finally {
            lock.unlock();
        }
        if (then != null) {
            then.run();
        }
    }

    /** Blocks the calling line until the operation has its outcome. */
    void await(Operation<?> operation) {
        if (blocksBesideOthers(operation)) {
            push();
        }
        lock.lock();
        try {
            while (!operation.finished()) {
                throwIfOver();
                operation.awaited = true;
                active--;
                settleActive();
                if (operation.awaited && !suspended && failure == null) {
                    block(operation);
                }
            }
            throwIfOver();
        } finally {
            lock.unlock();
        }
    }

    /** As long as nothing has happened there is nothing to write, and nothing to tell that another would not tell again. */
    private void push() {
        if (touched) {
            outbox.push();
        }
    }

    private void block(Operation<?> operation) {
        scheduler.workers().lend();
        while (operation.awaited && !suspended && failure == null) {
            changed.awaitUninterruptibly();
        }
        scheduler.workers().takeBack();
    }

    private boolean blocksBesideOthers(Operation<?> operation) {
        lock.lock();
        try {
            return !operation.finished() && active > 1;
        } finally {
            lock.unlock();
        }
    }

    /** The operation has its outcome; its line goes on. */
    <T> void finish(Operation<T> operation, T outcome, boolean fresh) {
        lock.lock();
        try {
            waiting.remove(operation);
            if (fresh) {
                operation.settle(outcome);
            } else {
                operation.recorded(outcome);
            }
            if (operation.awaited) {
                operation.awaited = false;
                active++;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The operation can do nothing until then. */
    void waits(Operation<?> operation, Operation.Waiting until) {
        lock.lock();
        try {
            operation.waiting = until;
            waiting.add(operation);
        } finally {
            lock.unlock();
        }
    }

    /** The operation can do nothing until somebody outside acts, unless that happened since {@code pokes} was read. */
    void waitsOutside(Operation<?> operation, Operation.Waiting until, int pokesBefore) {
        boolean missed;
        lock.lock();
        try {
            missed = pokes != pokesBefore;
            if (!missed) {
                operation.waiting = until;
                waiting.add(operation);
            }
        } finally {
            lock.unlock();
        }
        if (missed) {
            operation.proceed();
        }
    }

    int pokes() {
        lock.lock();
        try {
            return pokes;
        } finally {
            lock.unlock();
        }
    }

    /** Somebody outside has acted, or time has passed. */
    void poke() {
        lock.lock();
        try {
            pokes++;
            armedFor = Long.MAX_VALUE;
            if (suspended || failure != null) {
                return;
            }
            long now = now();
            List<Operation<?>> due = waiting.stream()
                    .filter(operation -> isDue(Objects.requireNonNull(operation.waiting), now))
                    .collect(Collectors.toCollection(ArrayList::new));
            for (Operation<?> operation : due) {
                waiting.remove(operation);
                operation.unclaim();
                dispatch(operation);
            }
            settleActive();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isDue(Operation.Waiting until, long now) {
        return until.outside() || (until.until() != null && until.until() <= now);
    }

    private void settleActive() {
        if (suspended || failure != null) {
            return;
        }
        if (active == 0) {
            suspended = true;
            changed.signalAll();
            return;
        }
        long next = nextWait();
        if (next < armedFor && !scheduler.closing()) {
            armedFor = next;
            scheduler.at(next, id);
        }
    }

    private long nextWait() {
        long next = Long.MAX_VALUE;
        for (Operation<?> operation : waiting) {
            Long until = Objects.requireNonNull(operation.waiting).until();
            next = until == null ? next : Math.min(next, until);
        }
        return next;
    }

    private void throwIfOver() {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (suspended) {
            throw new Suspended();
        }
    }

    private void over(Throwable machinery) {
        lock.lock();
        try {
            if (failure == null) {
                failure = machinery;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Runs once no thread works on this incarnation any more. */
    private void quietly(Runnable then) {
        boolean now;
        lock.lock();
        try {
            now = running == 0;
            whenQuiet = now ? null : then;
        } finally {
            lock.unlock();
        }
        if (now) {
            then.run();
        }
    }

    /** What cannot be finished now is finished by another incarnation later. */
    private void orTroubled(Runnable finish) {
        try {
            finish.run();
        } catch (RuntimeException journal) {
            scheduler.troubled(id, journal);
        }
    }

    // the end of an incarnation

    private void suspend() {
        List<Operation.Waiting> waits;
        List<Operation<?>> outside;
        boolean interrupted;
        lock.lock();
        try {
            waits = waiting.stream()
                    .map(operation -> operation.waiting)
                    .map(Objects::requireNonNull)
                    .toList();
            outside = List.copyOf(waiting);
            interrupted = interruptedByClosing || (scheduler.closing() && interrupted());
        } finally {
            lock.unlock();
        }
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
            boolean acted = outside.stream().anyMatch(operation -> hasEnded(operation, writes));
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
