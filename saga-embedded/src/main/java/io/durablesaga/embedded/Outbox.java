package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.Committer;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.Writes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one incarnation has to write and to tell. Records wait here until something must not happen before they are durable,
 * so that a step's outcome and the start of the next one are one commit. Thread-safe.
 */
final class Outbox {
    private final Committer committer;
    private final Executor tellers;
    private final ReentrantLock telling = new ReentrantLock();
    private final Deque<Told> told = new ArrayDeque<>();
    private List<Consumer<Writes>> changes = new ArrayList<>();
    private List<Runnable> actions = new ArrayList<>();
    private @Nullable Consumer<Writes> preface;
    private CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);

    private record Told(CompletableFuture<Boolean> durable, List<Runnable> actions) {}

    Outbox(Committer committer, Executor tellers) {
        this.committer = committer;
        this.tellers = tellers;
    }

    /** Written before anything else, once anything is written or a body is about to start. */
    synchronized void preface(Consumer<Writes> change) {
        preface = change;
    }

    synchronized void add(Consumer<Writes> change) {
        changes.add(change);
    }

    synchronized void whenDurable(Runnable action) {
        if (changes.isEmpty()) {
            told.add(new Told(last, List.of(action)));
        } else {
            actions.add(action);
        }
    }

    /** Returns once everything so far is durable. */
    void flush() {
        CompletableFuture<Boolean> durable = handIn();
        try {
            Committer.await(durable);
        } finally {
            tell();
        }
    }

    /** Returns once everything so far is durable and told. */
    void flushAndTell() {
        flush();
        telling.lock();
        try {
            tellDurable();
        } finally {
            telling.unlock();
        }
    }

    /** Writes everything so far without waiting. */
    void push() {
        CompletableFuture<Boolean> durable = handIn();
        if (!durable.isDone()) {
            var unused = durable.whenCompleteAsync((done, failure) -> tell(), tellers);
        } else {
            tell();
        }
    }

    /** Forgets what has not been told yet: another incarnation tells it. */
    synchronized void leaveUntold() {
        told.clear();
        actions.clear();
    }

    /** Forgets the preface if there is nothing to write after it: nothing has happened. */
    synchronized void dropLonePreface() {
        if (changes.isEmpty()) {
            preface = null;
        }
    }

    private synchronized CompletableFuture<Boolean> handIn() {
        if (!changes.isEmpty() || preface != null) {
            List<Consumer<Writes>> group = changes;
            Consumer<Writes> first = preface;
            CompletableFuture<Boolean> earlier = last;
            changes = new ArrayList<>();
            preface = null;
            last = committer.submit(writes -> {
                requireWritten(earlier);
                if (first != null) {
                    first.accept(writes);
                }
                group.forEach(change -> change.accept(writes));
                return true;
            });
        }
        if (!actions.isEmpty()) {
            told.add(new Told(last, actions));
            actions = new ArrayList<>();
        }
        return last;
    }

    /** What follows a record that is lost would be a history that never happened. */
    private static void requireWritten(CompletableFuture<Boolean> earlier) {
        if (earlier.isCompletedExceptionally()) {
            throw new JournalException(
                    "what the execution recorded before this could not be written; it goes on from what was", null);
        }
    }

    /**
     * In order, and each batch only once it is durable; what could not be written is never told. Whoever comes while another
     * thread tells leaves it to that thread, so that a slow listener holds up one line of control and not all.
     */
    private void tell() {
        while (somethingDurable() && telling.tryLock()) {
            try {
                tellDurable();
            } finally {
                telling.unlock();
            }
        }
    }

    private void tellDurable() {
        for (Told next = nextDurable(); next != null; next = nextDurable()) {
            if (!next.durable().isCompletedExceptionally()) {
                next.actions().forEach(Runnable::run);
            }
        }
    }

    private synchronized boolean somethingDurable() {
        Told next = told.peek();
        return next != null && next.durable().isDone();
    }

    private synchronized @Nullable Told nextDurable() {
        Told next = told.peek();
        return next != null && next.durable().isDone() ? told.poll() : null;
    }
}
