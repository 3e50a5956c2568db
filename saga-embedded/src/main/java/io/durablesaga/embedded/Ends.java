package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.ExecutionRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets callers wait for the end of an execution; what nobody waits for takes no room. */
final class Ends {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Waiter> waiters = new HashMap<>();
    private boolean closed;

    private static final class Waiter {
        private final Condition moved;
        private int callers;
        private boolean ended;

        Waiter(Condition moved) {
            this.moved = moved;
        }
    }

    void ended(long execution) {
        lock.lock();
        try {
            Waiter waiter = waiters.get(execution);
            if (waiter != null) {
                waiter.ended = true;
                waiter.moved.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** For tests: how many executions somebody waits for. */
    int waiters() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing ends here any more. */
    void closed() {
        lock.lock();
        try {
            closed = true;
            waiters.values().forEach(waiter -> waiter.moved.signalAll());
        } finally {
            lock.unlock();
        }
    }

    void await(Supplier<Optional<ExecutionRow>> execution, Duration most) throws InterruptedException {
        Optional<ExecutionRow> row = execution.get();
        if (row.isEmpty() || row.get().state().ended()) {
            return;
        }
        long id = row.get().id();
        lock.lock();
        try {
            Waiter waiter = waiters.computeIfAbsent(id, any -> new Waiter(lock.newCondition()));
            waiter.callers++;
            try {
                awaitEnd(waiter, execution, most);
            } finally {
                waiter.callers--;
                if (waiter.callers == 0) {
                    waiters.remove(id);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Asks once more after registering, so that an end in between is not missed. */
    private void awaitEnd(Waiter waiter, Supplier<Optional<ExecutionRow>> execution, Duration most)
            throws InterruptedException {
        boolean already = execution.get().filter(row -> row.state().ended()).isPresent();
        long left = TimeUnit.NANOSECONDS.convert(most);
        while (!already && !waiter.ended && !closed && left > 0) {
            left = waiter.moved.awaitNanos(left);
        }
    }
}
