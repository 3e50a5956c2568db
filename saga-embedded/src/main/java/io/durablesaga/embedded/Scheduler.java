package io.durablesaga.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Saga;
import io.durablesaga.embedded.journal.Committer;
import io.durablesaga.embedded.journal.ExecutionRow;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.Reads;
import io.durablesaga.embedded.journal.Store;
import io.durablesaga.embedded.journal.Writes;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaResults;
import io.durablesaga.run.RunSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which executions have an incarnation, and when the others get one. What waits is in the store, not in memory: one thread
 * asks it for what is due. Thread-safe.
 */
final class Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger("io.durablesaga.embedded");
    private static final long FIRST_BACKOFF = 1_000;
    private static final long LONGEST_BACKOFF = 60_000;
    private static final long AFTER_INTERRUPT = 1_000;

    private final Store store;
    private final Committer committer;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final RunSettings settings;
    private final Workers workers;
    private final int most;
    private final Consumer<Long> onEnd;
    private final Map<String, Saga<?, ?>> sagas = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Map<Long, Incarnation> live = new HashMap<>();
    private final Map<Long, Trouble> troubles = new HashMap<>();
    /** When live incarnations are to be poked. */
    private final Map<Long, Long> alarms = new HashMap<>();
    /** Names of executions that may have been started, and have no incarnation then. */
    private final Set<String> maybeStarted = ConcurrentHashMap.newKeySet();

    private final Thread timer = new Thread(this::watch, "saga-timer");
    private boolean signalled = true;
    private boolean backlog;
    private boolean scanning;
    private volatile boolean closing;
    private volatile boolean interrupting;
    private volatile boolean closed;
    private volatile boolean dead;

    /**
     * When the next incarnation tries.
     *
     * @param interrupted whether operations may have started that no record tells of
     */
    private record Trouble(long retryAt, long backoff, boolean interrupted) {}

    Scheduler(
            Store store,
            Committer committer,
            InstantSource clock,
            Supplier<String> ids,
            RunSettings settings,
            Workers workers,
            Consumer<Long> onEnd) {
        this.store = store;
        this.committer = committer;
        this.clock = clock;
        this.ids = ids;
        this.settings = settings;
        this.workers = workers;
        this.most = workers.places() * 4;
        this.onEnd = onEnd;
        timer.setDaemon(true);
        timer.start();
        if (clock instanceof ManualClock manual) {
            manual.onMove(this::signal);
        }
    }

    void register(Saga<?, ?> saga) {
        sagas.put(saga.name(), saga);
        try {
            committer.commit(writes -> {
                writes.wakeHalted(saga.name(), now());
                return true;
            });
        } finally {
            signal(); // what woke them may be durable although it threw
        }
    }

    Saga<?, ?> saga(String name) {
        Saga<?, ?> saga = sagas.get(name);
        if (saga == null) {
            throw new IllegalStateException("saga '" + name + "' is not registered");
        }
        return saga;
    }

    boolean isRegistered(Saga<?, ?> saga) {
        return sagas.get(saga.name()) == saga;
    }

    boolean isRegistered(String saga) {
        return sagas.containsKey(saga);
    }

    RunSettings settings() {
        return settings;
    }

    Committer committer() {
        return committer;
    }

    Workers workers() {
        return workers;
    }

    long now() {
        return clock.millis();
    }

    String newId() {
        return ids.get();
    }

    boolean closing() {
        return closing;
    }

    boolean interrupting() {
        return interrupting;
    }

    void requireAlive() {
        if (dead || closed) {
            throw closedEngine();
        }
    }

    /** Refuses what would only be begun after the next opening. */
    void requireOpen() {
        if (closing) {
            throw closedEngine();
        }
    }

    private JournalException closedEngine() {
        return JournalException.lasting(store.name() + ": the engine is closed; open it again to go on", null);
    }

    <T> T read(Function<Reads, T> question) {
        requireAlive();
        return store.read(question);
    }

    <T> T commit(Function<Writes, T> change) {
        return committer.commit(change);
    }

    String writeResult(SagaResult<?> result) {
        try {
            return new SagaResults(settings.json().mapper()).write(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the run has checked that the result serialises", e);
        }
    }

    /** Gives an execution an incarnation, unless it has one or has got into trouble or out of it since it was looked at. */
    void launch(long id, boolean afterTrouble) {
        Incarnation incarnation;
        lock.lock();
        try {
            Trouble trouble = troubles.get(id);
            if (closing || live.containsKey(id) || afterTrouble != (trouble != null)) {
                return; // what is not started now is due when the engine opens again
            }
            incarnation = new Incarnation(this, id, trouble != null && trouble.interrupted());
            live.put(id, incarnation);
        } finally {
            lock.unlock();
        }
        try {
            workers.begin(incarnation);
        } catch (RejectedExecutionException workersClosed) {
            released(id);
        } catch (OutOfMemoryError noThread) {
            troubled(id, noThread, false);
        }
    }

    /** The start of an execution of this name threw and may be durable all the same. */
    void maybeStarted(String name) {
        maybeStarted.add(name);
        signal();
    }

    /** Somebody outside has acted on an execution. */
    void wake(long id) {
        Incarnation incarnation;
        lock.lock();
        try {
            incarnation = live.get(id);
        } finally {
            lock.unlock();
        }
        if (incarnation == null) {
            signal();
        } else {
            incarnation.crew().poke();
        }
    }

    /** Something may be due earlier than was known. */
    void signal() {
        lock.lock();
        try {
            signalled = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Pokes a live incarnation then. */
    void at(long time, long id) {
        lock.lock();
        try {
            alarms.merge(id, time, Math::min);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** An incarnation has suspended. */
    void released(long id) {
        lock.lock();
        try {
            gone(id);
            troubles.remove(id);
            signalled = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** An execution has ended. */
    void ended(long id, @Nullable Long parent) {
        onEnd.accept(id);
        lock.lock();
        try {
            gone(id);
            troubles.remove(id);
            signalled |= parent != null || (backlog && live.size() < most);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
        if (parent != null) {
            wake(parent);
        }
    }

    /** The records of an execution do not match its definition. */
    void halted(ExecutionRow row) {
        LOG.error("saga {}, execution {} is halted: {}", row.saga(), row.name(), row.detail());
        try {
            commit(writes -> {
                writes.update(row);
                return true;
            });
            released(row.id());
        } catch (JournalException e) {
            troubled(row.id(), e, true);
        }
    }

    /**
     * An incarnation could not go on, for no reason of its saga's: another one tries later.
     *
     * @param interrupted whether this one may have started operations that no record tells of
     */
    void troubled(long id, Throwable machinery, boolean interrupted) {
        lock.lock();
        try {
            gone(id);
            if (!dead && !closing) {
                Trouble before = troubles.get(id);
                long backoff = before == null ? FIRST_BACKOFF : Math.min(LONGEST_BACKOFF, before.backoff() * 2);
                boolean ever = interrupted || (before != null && before.interrupted());
                troubles.put(id, new Trouble(now() + backoff, backoff, ever));
                LOG.error("execution {} cannot go on now, next try in {} ms: {}", id, backoff, machinery, machinery);
            }
            signalled = true; // the timer rests already, and knows nothing of the next try
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void gone(long id) {
        live.remove(id);
        alarms.remove(id);
    }

    /** Waits until nothing runs and nothing is due. */
    void awaitIdle() {
        lock.lock();
        try {
            while (!dead && (!live.isEmpty() || signalled || scanning)) {
                moved.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Starts nothing more, waits for incarnations to come to a stop, and then interrupts what still runs. */
    void close(Duration grace) {
        closing = true;
        signal();
        if (!awaitNothingLive(TimeUnit.NANOSECONDS.convert(grace))) {
            interrupting = true;
            workers.interrupt();
            awaitNothingLive(TimeUnit.MILLISECONDS.toNanos(AFTER_INTERRUPT));
        }
        workers.close();
        awaitTimer();
        closed = true;
    }

    /** Nothing happens any more. */
    void kill() {
        dead = true;
        closing = true;
        signal();
    }

    /** How much is held in memory for executions. */
    int held() {
        lock.lock();
        try {
            return live.size() + alarms.size() + troubles.size() + maybeStarted.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitNothingLive(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!live.isEmpty() && left > 0) {
                left = moved.awaitNanos(left);
            }
            return live.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void awaitTimer() {
        try {
            timer.join(AFTER_INTERRUPT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        while (!closing && !dead) {
            try {
                long now = now();
                launchDue(now);
                rest(now);
            } catch (RuntimeException | Error e) {
                if (!closing && !dead) {
                    LOG.error("cannot tell what is due, trying again: {}", e.getMessage(), e);
                    restAfterFailure();
                }
            }
        }
    }

    private void launchDue(long now) {
        int room;
        int limit;
        lock.lock();
        try {
            signalled = false;
            scanning = true;
            room = Math.max(0, most - live.size());
            limit = room + live.size();
        } finally {
            lock.unlock();
        }
        launchMaybeStarted();
        List<ExecutionRow> due = room == 0 ? List.of() : read(reads -> reads.due(sagas.keySet(), now, limit));
        List<Incarnation> rung = new ArrayList<>();
        List<Long> fresh;
        List<Long> again = new ArrayList<>();
        lock.lock();
        try {
            alarms.forEach((id, at) -> {
                if (at <= now && live.containsKey(id)) {
                    rung.add(live.get(id));
                }
            });
            alarms.values().removeIf(at -> at <= now);
            fresh = due.stream()
                    .map(ExecutionRow::id)
                    .filter(id -> !troubles.containsKey(id) && !live.containsKey(id))
                    .limit(room)
                    .toList();
            backlog = room == 0 || fresh.size() == room;
            troubles.forEach((id, trouble) -> {
                if (trouble.retryAt() <= now) {
                    again.add(id);
                }
            });
        } finally {
            lock.unlock();
        }
        rung.forEach(incarnation -> incarnation.crew().poke());
        fresh.forEach(id -> launch(id, false));
        again.forEach(id -> launch(id, true));
    }

    /** What no incarnation of this process works on or has got into trouble with was started, and nothing more. */
    private void launchMaybeStarted() {
        for (String name : List.copyOf(maybeStarted)) {
            maybeStarted.remove(name); // before it is looked up, so that whoever adds it meanwhile is heard
            try {
                read(reads -> reads.execution(name))
                        .filter(found -> Objects.equals(found.wakeAt(), ExecutionRow.WORKED_ON))
                        .ifPresent(found -> launch(found.id(), false));
            } catch (JournalException notNow) {
                maybeStarted.add(name);
                throw notNow;
            }
        }
    }

    /** Until something is due that was not at the time of the last look, which is when {@code looked} was. */
    private void rest(long looked) {
        Optional<Long> nextDue = read(reads -> reads.nextDue(sagas.keySet(), looked));
        lock.lock();
        try {
            scanning = false;
            moved.signalAll();
            long next = Math.min(nextDue.orElse(Long.MAX_VALUE), nextAlarm());
            for (Map.Entry<Long, Trouble> trouble : troubles.entrySet()) {
                next = live.containsKey(trouble.getKey())
                        ? next
                        : Math.min(next, trouble.getValue().retryAt());
            }
            while (!signalled && !closing && now() < next && nextAlarm() >= next) {
                long millis = Math.min(next - now(), TimeUnit.HOURS.toMillis(1));
                moved.awaitNanos(TimeUnit.MILLISECONDS.toNanos(Math.max(1, millis)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private long nextAlarm() {
        return alarms.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    private void restAfterFailure() {
        lock.lock();
        try {
            scanning = false;
            signalled = true;
            long left = TimeUnit.MILLISECONDS.toNanos(FIRST_BACKOFF);
            while (left > 0 && !closing) {
                left = moved.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
