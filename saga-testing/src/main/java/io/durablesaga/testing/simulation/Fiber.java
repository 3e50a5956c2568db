package io.durablesaga.testing.simulation;

import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something that goes on when it gets the turn: a line of control, or one attempt of a body. */
final class Fiber implements Runnable {
    private final Turns turns;
    private final @Nullable Consumer<Fiber> work;
    private final boolean body;
    private volatile @Nullable Thread thread;
    private volatile boolean turn;
    /** Others go on while it is still in its body; guarded by the turns. */
    boolean leftBehind;

    private Fiber(Turns turns, @Nullable Thread thread, @Nullable Consumer<Fiber> work, boolean body) {
        this.turns = turns;
        this.thread = thread;
        this.work = work;
        this.body = body;
    }

    /** The root line, which has the turn and the calling thread. */
    static Fiber root(Turns turns) {
        return new Fiber(turns, Thread.currentThread(), null, false);
    }

    /** A line that begins when it gets the turn for the first time. */
    static Fiber line(Turns turns, Consumer<Fiber> work) {
        return new Fiber(turns, null, work, false);
    }

    /** One attempt of a body, and what is recorded of it. */
    static Fiber body(Turns turns, Consumer<Fiber> work) {
        return new Fiber(turns, null, work, true);
    }

    boolean isBody() {
        return body;
    }

    /** Does its work on the calling thread. */
    void work() {
        Objects.requireNonNull(work).accept(this);
    }

    /** On a thread of its own: does its work and passes the turn on. */
    @Override
    public void run() {
        thread = Thread.currentThread();
        try {
            turns.requireGoing();
            work();
            turns.passOn();
        } catch (Throwable machinery) {
            turns.over(machinery);
        }
    }

    /** Gives it the turn. */
    void give() {
        Thread known = thread;
        if (known == null) {
            Workers.run(this);
        } else {
            turn = true;
            LockSupport.unpark(known);
        }
    }

    /** Ends its wait for the turn, if it waits. */
    void release() {
        turn = true;
        LockSupport.unpark(thread);
    }

    /** Returns once it has the turn, or nobody has any more. */
    void awaitTurn() {
        boolean interrupted = false;
        while (!turn) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        turn = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether its thread waits for something. */
    boolean waits() {
        Thread known = thread;
        return known != null
                && switch (known.getState()) {
                    case BLOCKED, WAITING, TIMED_WAITING -> true;
                    case NEW, RUNNABLE, TERMINATED -> false;
                };
    }
}
