package io.durablesaga.lambda.service;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One invocation of the function of an execution. Guarded by the store, but for its life. */
final class Incarnation {
    final StoredExecution execution;
    final int number;
    final Bodies bodies;
    final Pages pages;

    /** How many changes there had been when it began. */
    final long begun;

    /** The one token that its next checkpoint may carry. */
    String token;

    /** How many changes there had been when it was last told of all of them. */
    long told;

    /** The operations it has been told of. */
    final Set<String> heard = new HashSet<>();

    /** Whether it has written anything. */
    boolean wrote;

    /** Whether its function has returned how the execution ends, and the service has not done with that. */
    boolean leaving;

    /** Since when its function runs, in real time. */
    final long since = System.nanoTime();

    private volatile @Nullable Thread thread;
    private volatile boolean dead;

    Incarnation(StoredExecution execution, int number, String token, Bodies bodies, Pages pages) {
        this.execution = execution;
        this.number = number;
        this.token = token;
        this.bodies = bodies;
        this.pages = pages;
        this.begun = execution.log.changes();
        this.told = begun;
    }

    /** Runs on this thread from now on. */
    void runsOn(Thread newThread) {
        thread = newThread;
    }

    /** Whether it is the one that may write. */
    boolean current() {
        return !dead && execution.current == this && execution.running();
    }

    /** From here on it reaches nobody and starts nothing. */
    void die() {
        dead = true;
        bodies.die();
    }

    boolean dead() {
        return dead;
    }

    void checkAlive() {
        if (dead) {
            throw new IncarnationKilled(toString());
        }
    }

    /** Where it stands, for whoever wonders why it takes so long. */
    String trace() {
        StringBuilder trace = new StringBuilder(toString());
        Set<Thread> threads = new HashSet<>(bodies.working());
        Thread mine = thread;
        if (mine != null) {
            threads.add(mine);
        }
        for (Thread each : threads) {
            trace.append("\n  ").append(each.getName());
            for (StackTraceElement frame : each.getStackTrace()) {
                trace.append("\n    at ").append(frame);
            }
        }
        return trace.toString();
    }

    @Override
    public String toString() {
        return "invocation " + number + " of '" + execution.name + "'";
    }
}
