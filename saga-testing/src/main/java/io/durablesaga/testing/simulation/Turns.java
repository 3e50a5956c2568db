package io.durablesaga.testing.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is in one incarnation. Only one goes on at any time, and in the same order in every run: lines of control first,
 * in the order in which they became able to, and bodies only when no line can, in the order in which their attempts were
 * started. So everything that a real engine could have under way at the same time has been started before the first body runs.
 *
 * <p>Bodies run on the thread that has the turn, or each on one of its own: then a body that waits can be left behind.
 */
final class Turns {
    private final boolean bodiesOnTheirOwn;
    private final Deque<Fiber> lines = new ArrayDeque<>();
    private final Deque<Fiber> bodies = new ArrayDeque<>();
    private final List<Fiber> fibers = new ArrayList<>();
    private @Nullable Fiber inBody;
    private @Nullable Fiber suspect;
    private int leftBehind;
    private boolean nobodys;
    private volatile @Nullable Throwable end;

    Turns(boolean bodiesOnTheirOwn) {
        this.bodiesOnTheirOwn = bodiesOnTheirOwn;
    }

    /** The root line, which has the turn. */
    synchronized Fiber root() {
        Fiber root = Fiber.root(this);
        fibers.add(root);
        return root;
    }

    /** A line that can go on. */
    synchronized Fiber line(Runnable work) {
        Fiber line = Fiber.line(this, self -> work.run());
        fibers.add(line);
        lines.add(line);
        return line;
    }

    /** An attempt that has been started. */
    synchronized void body(Consumer<Fiber> attempt) {
        bodies.add(Fiber.body(this, attempt));
    }

    /** Lets others go on until the operation has its outcome. */
    void await(Operation<?> operation, Fiber self) {
        if (operation.finished()) {
            return;
        }
        operation.awaitedBy(self);
        Fiber next = nextElsewhere();
        if (next != self) {
            give(next);
            self.awaitTurn();
            requireGoing();
        }
    }

    /** What this line has waited for is over. */
    synchronized void ready(Fiber line) {
        lines.add(line);
    }

    /** The fiber that had the turn is done. */
    void passOn() {
        give(nextElsewhere());
    }

    /** Runs bodies here, or leaves that to threads of their own, until somebody else is to go on. */
    private @Nullable Fiber nextElsewhere() {
        Fiber next = next();
        while (next != null && next.isBody() && !bodiesOnTheirOwn) {
            next.work();
            next = next();
        }
        return next;
    }

    /** Who goes on; null if only a body that was left behind can bring anything on. */
    private synchronized @Nullable Fiber next() {
        requireGoing();
        Fiber next = lines.isEmpty() ? bodies.poll() : lines.poll();
        if (next == null && leftBehind == 0) {
            throw new IncarnationOver.Suspended();
        }
        nobodys = next == null;
        if (next != null && next.isBody() && bodiesOnTheirOwn) {
            fibers.add(next);
            inBody = next;
        }
        return next;
    }

    private static void give(@Nullable Fiber next) {
        if (next != null) {
            next.give();
        }
    }

    // bodies that wait

    /** A body has returned; goes on once it has the turn. */
    void returned(Fiber self) {
        if (hasToWait(self)) {
            self.awaitTurn();
        }
        requireGoing();
    }

    private synchronized boolean hasToWait(Fiber self) {
        inBody = inBody == self ? null : inBody;
        if (!self.leftBehind || end != null) {
            return false;
        }
        self.leftBehind = false;
        leftBehind--;
        if (nobodys) {
            nobodys = false;
            return false;
        }
        lines.add(self);
        return true;
    }

    /** Called now and then: a body that waits whenever it is looked at is left behind, and others go on. */
    void look() {
        Fiber next;
        synchronized (this) {
            Fiber now = inBody != null && inBody.waits() ? inBody : null;
            if (now == null || now != suspect || end != null) {
                suspect = now;
                return;
            }
            now.leftBehind = true;
            leftBehind++;
            inBody = null;
            next = next();
        }
        give(next);
    }

    // the end

    /** Nobody goes on. */
    void over(Throwable cause) {
        List<Fiber> all;
        synchronized (this) {
            if (end == null) {
                end = cause;
            }
            all = List.copyOf(fibers);
        }
        all.forEach(Fiber::release);
    }

    boolean isOver() {
        return end != null;
    }

    /** Throws what has ended this incarnation, if anything has. */
    void requireGoing() {
        Throwable cause = end;
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException exception) {
            throw exception;
        }
        if (cause != null) {
            throw new IllegalStateException(cause);
        }
    }
}
