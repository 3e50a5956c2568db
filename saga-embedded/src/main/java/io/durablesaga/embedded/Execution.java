package io.durablesaga.embedded;

import io.durablesaga.Saga;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a saga on an embedded engine. A handle holds nothing: it may be dropped and got again by name.
 * Thread-safe.
 *
 * @param <O> what the saga yields
 */
public final class Execution<O extends @Nullable Object> {
    private final EmbeddedEngine engine;
    private final Saga<?, O> saga;
    private final String name;
    private final String id;

    Execution(EmbeddedEngine engine, Saga<?, O> saga, String name, String id) {
        this.engine = Objects.requireNonNull(engine);
        this.saga = saga;
        this.name = name;
        this.id = id;
    }

    /** What it was started under. */
    public String name() {
        return name;
    }

    /** Unique among all executions there ever are. */
    public String id() {
        return id;
    }

    /** One line about it: since when it runs, where it stands, when that last changed. */
    public ExecutionSummary summary() {
        return engine.summary(name);
    }

    /** Where it stands now. */
    public SagaStatus<O> status() {
        return engine.status(saga, name);
    }

    /** How it ended, or empty if it has not. */
    public Optional<SagaResult<O>> result() {
        return status() instanceof SagaStatus.Ended<O> ended ? Optional.of(ended.result()) : Optional.empty();
    }

    /** Waits until it has ended, at most this long; empty if it has not by then. */
    public Optional<SagaResult<O>> await(Duration most) throws InterruptedException {
        engine.awaitEnd(name, most);
        return result();
    }

    /** What has been recorded of it, in order. */
    public List<ExecutionEvent> events() {
        return engine.events(name);
    }
}
