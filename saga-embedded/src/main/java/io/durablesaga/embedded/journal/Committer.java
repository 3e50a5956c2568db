package io.durablesaga.embedded.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The one writer: takes all changes that wait, applies them in one transaction and makes them durable together. A change that
 * cannot be applied fails alone. Where the store fails once all are applied, nobody can tell whether they are durable: then all
 * of them fail and none is applied again, and whoever handed one in finds the truth in the store. Thread-safe.
 */
public final class Committer implements AutoCloseable {
    private static final int LARGEST_GROUP = 1_024;

    private final Store store;
    private final BlockingQueue<Waiting<?>> queue = new LinkedBlockingQueue<>();
    private final AtomicLong commits = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    /** Starts its thread. */
    public Committer(Store store) {
        this.store = store;
        this.thread = new Thread(this::run, "saga-committer");
        thread.setDaemon(true);
        thread.start();
    }

    /** A change and what becomes of it. */
    private record Waiting<T>(Function<Writes, T> change, CompletableFuture<T> done) {
        Runnable apply(Writes writes) {
            T result = change.apply(writes);
            return () -> done.complete(result);
        }
    }

    /**
     * Hands in a change; the future completes once it is durable, or with a {@link JournalException} if it is not, or if that is
     * not known.
     */
    public <T> CompletableFuture<T> submit(Function<Writes, T> change) {
        CompletableFuture<T> done = new CompletableFuture<>();
        queue.add(new Waiting<>(change, done));
        if (closed) {
            refuseAll();
        }
        return done;
    }

    /** Applies a change and waits until it is durable. */
    public <T> T commit(Function<Writes, T> change) {
        return await(submit(change));
    }

    /** Waits for a change that was handed in. */
    public static <T> T await(CompletableFuture<T> change) {
        try {
            return change.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof JournalException cause) {
                throw JournalException.elsewhere(cause);
            }
            throw e;
        }
    }

    /** How many transactions have been made durable. */
    public long commits() {
        return commits.get();
    }

    /** Refuses every change from now on, also those that wait. */
    public void refuse() {
        closed = true;
        refuseAll();
    }

    /** Commits what waits, then refuses. */
    @Override
    public void close() {
        CompletableFuture<Boolean> last = submit(writes -> true);
        last.handle((done, failure) -> done).join();
        refuse();
        thread.interrupt();
    }

    private void run() {
        List<Waiting<?>> group = new ArrayList<>();
        while (!closed) {
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                continue;
            }
            queue.drainTo(group, LARGEST_GROUP);
            commitGroup(group);
            group.clear();
        }
        refuseAll();
    }

    private void commitGroup(List<Waiting<?>> group) {
        List<Runnable> tellings = new ArrayList<>(group.size());
        try {
            commitTogether(group, tellings);
        } catch (RuntimeException | Error thrown) {
            boolean surelyNotWritten = tellings.size() < group.size();
            if (surelyNotWritten && group.size() > 1) {
                group.forEach(alone -> commitGroup(List.of(alone)));
            } else {
                group.forEach(waiting -> waiting.done().completeExceptionally(failure(thrown)));
            }
            return;
        }
        commits.incrementAndGet();
        tellings.forEach(Runnable::run);
    }

    private void commitTogether(List<Waiting<?>> group, List<Runnable> tellings) {
        store.commit(writes -> {
            if (closed) {
                throw closedEngine();
            }
            for (Waiting<?> waiting : group) {
                tellings.add(waiting.apply(writes));
            }
        });
    }

    private Throwable failure(Throwable thrown) {
        if (closed) {
            return closedEngine(); // what a closed store says of itself is nothing anybody could act on
        }
        return thrown instanceof JournalException
                ? thrown
                : new JournalException(store.name() + ": a change could not be applied: " + thrown, thrown);
    }

    private void refuseAll() {
        List<Waiting<?>> refused = new ArrayList<>();
        queue.drainTo(refused);
        refused.forEach(waiting -> waiting.done().completeExceptionally(closedEngine()));
    }

    private JournalException closedEngine() {
        return JournalException.lasting(store.name() + ": the engine is closed; open it again to go on", null);
    }
}
