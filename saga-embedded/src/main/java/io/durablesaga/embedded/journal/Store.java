package io.durablesaga.embedded.journal;

import java.util.function.Consumer;
import java.util.function.Function;

/** Rows that outlive a process, or at least an engine. */
public interface Store extends AutoCloseable {
    /**
     * Applies all changes of a group durably, or none of them. Called by one thread at a time.
     *
     * @throws RuntimeException what the group throws, and then nothing is written; or what keeps the store from saying that the
     *     group is durable, and then it may be
     */
    void commit(Consumer<Writes> group);

    /** Reads what has been committed. Thread-safe. */
    <T> T read(Function<Reads, T> question);

    /** What it is, for messages. */
    String name();

    @Override
    void close();
}
