package io.durablesaga.embedded;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The threads that work on one incarnation. It counts those that are not blocked; when the last one blocks on what only time
 * or somebody outside can end, the incarnation is suspended and every one of them leaves. Thread-safe.
 */
final class Crew {
    private final Scheduler scheduler;
    private final long id;
    private final Runnable push;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Operation<?>> waiting = new LinkedHashSet<>();
    private int active = 1;
    private int running;
    private int pokes;
    private boolean suspended;
    private @Nullable Throwable failure;
    private @Nullable Runnable whenQuiet;
    private long armedFor = Long.MAX_VALUE;

    /**
     * The crew of an incarnation, of which its first thread is there already.
     *
     * @param push writes what there is without waiting, before a thread leaves others to go on alone
     */
    Crew(Scheduler scheduler, long id, Runnable push) {
        this.scheduler = scheduler;
        this.id = id;
        this.push = push;
    }

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
                push.run();
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
            push.run();
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
            long now = scheduler.now();
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

    void over(Throwable machinery) {
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
    void quietly(Runnable then) {
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

    /** What the operations of a suspended incarnation wait for. */
    List<Operation<?>> waiting() {
        lock.lock();
        try {
            return List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
    }
}
