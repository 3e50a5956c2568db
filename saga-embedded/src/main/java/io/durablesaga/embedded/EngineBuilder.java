package io.durablesaga.embedded;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.durablesaga.embedded.journal.Committer;
import io.durablesaga.embedded.journal.MemoryStore;
import io.durablesaga.embedded.journal.SqliteStore;
import io.durablesaga.embedded.journal.Store;
import io.durablesaga.engine.EngineLimits;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.event.SagaListener;
import io.durablesaga.run.RunSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** Settings of an embedded engine. Not thread-safe. */
public final class EngineBuilder {
    private static final EngineLimits LIMITS = new EngineLimits(100_000, 1L << 40, Duration.ofDays(3_660), 4_096);

    private SagaJson json = SagaJson.standard();
    private SagaListener listener = SagaListener.none();
    private InstantSource clock = Sources.systemClock();
    private Supplier<String> ids = Sources.randomIds();
    private int threads = 64;
    private int mostResultBytes = 4 * 1024 * 1024;
    private Duration grace = Duration.ofSeconds(10);
    private EngineLimits limits = LIMITS;

    EngineBuilder() {}

    /** Writes and reads values with a mapper of your own; one with default typing is refused. */
    public EngineBuilder mapper(ObjectMapper mapper) {
        json = SagaJson.over(mapper);
        return this;
    }

    /** Hears what happens. */
    public EngineBuilder listener(SagaListener newListener) {
        listener = Objects.requireNonNull(newListener, "listener");
        return this;
    }

    /** Takes the time from here; a {@link ManualClock} for tests. */
    public EngineBuilder clock(InstantSource newClock) {
        clock = Objects.requireNonNull(newClock, "clock");
        return this;
    }

    /** Takes the ids of executions and callbacks from here; they must never repeat. */
    public EngineBuilder ids(Supplier<String> newIds) {
        ids = Objects.requireNonNull(newIds, "ids");
        return this;
    }

    /**
     * How many bodies run at the same time, 64 by default; for moments a few more, where lines of control that waited for
     * others go on. What waits takes no thread.
     */
    public EngineBuilder threads(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("threads: " + most + "; at least 1");
        }
        threads = most;
        return this;
    }

    /** The most bytes of one result; 4 MiB by default. */
    public EngineBuilder mostResultBytes(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("mostResultBytes: " + bytes + "; at least 1");
        }
        mostResultBytes = bytes;
        return this;
    }

    /** How long closing waits for attempts under way before it interrupts them; ten seconds by default. */
    public EngineBuilder grace(Duration newGrace) {
        if (newGrace.isNegative()) {
            throw new IllegalArgumentException("grace: " + newGrace + "; not negative");
        }
        grace = newGrace;
        return this;
    }

    /** What one execution may take; a saga that may take more is refused when it is registered. */
    public EngineBuilder limits(EngineLimits newLimits) {
        limits = Objects.requireNonNull(newLimits, "limits");
        return this;
    }

    /**
     * Opens a journal, or makes it.
     *
     * @throws io.durablesaga.embedded.journal.JournalException if it is in use, damaged, or not one
     */
    public EmbeddedEngine open(Path file) {
        StoreLock lock = StoreLock.take(file);
        Store store;
        try {
            store = SqliteStore.open(file);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        return open(store, lock::close);
    }

    /** Opens an engine whose records are gone with it. */
    public EmbeddedEngine inMemory() {
        return open(new MemoryStore(), () -> {});
    }

    EmbeddedEngine over(MemoryStore store) {
        store.interruptAll();
        return open(store, () -> {});
    }

    EmbeddedEngine open(Store store, Runnable release) {
        AtomicBoolean alive = new AtomicBoolean(true);
        SagaListener heard = event -> {
            if (alive.get()) {
                listener.on(event);
            }
        };
        return new EmbeddedEngine(new EngineParts(
                store,
                new Committer(store),
                clock,
                ids,
                new RunSettings(json, heard, mostResultBytes, LoggerFactory.getLogger("io.durablesaga")),
                new Workers(threads),
                limits,
                grace,
                () -> {
                    alive.set(false);
                    release.run();
                }));
    }
}
