package io.durablesaga.embedded;

import io.durablesaga.Saga;
import io.durablesaga.embedded.journal.JournalException;
import io.durablesaga.embedded.journal.MemoryStore;
import io.durablesaga.embedded.journal.SqliteStore;
import io.durablesaga.embedded.journal.Store;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.testing.engine.EngineUnderTest;
import io.durablesaga.testing.engine.RecordGate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The embedded engine under the contract: over memory or a file, with a clock that the test moves. */
public final class EmbeddedEngineUnderTest implements EngineUnderTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<String, Saga<?, ?>> sagas = new LinkedHashMap<>();
    private final Supplier<Opened> opening;
    private volatile EmbeddedEngine engine;
    private volatile boolean killed;
    private volatile RecordGate gate = RecordGate.OPEN;

    /** A store and what lets go of it. */
    private record Opened(Store store, Runnable release) {}

    private EmbeddedEngineUnderTest(Supplier<Opened> opening) {
        this.opening = opening;
        this.engine = open();
    }

    /** Over a store that outlives its processes and ends with the test. */
    public static EmbeddedEngineUnderTest overMemory() {
        MemoryStore store = new MemoryStore();
        return new EmbeddedEngineUnderTest(() -> {
            store.interruptAll();
            return new Opened(store, () -> {});
        });
    }

    /** Over an SQLite file. */
    public static EmbeddedEngineUnderTest overFile(Path file) {
        return new EmbeddedEngineUnderTest(() -> {
            StoreLock lock = StoreLock.take(file);
            return new Opened(SqliteStore.open(file), lock::close);
        });
    }

    private EmbeddedEngine open() {
        Opened opened = opening.get();
        return builder().open(new GatedStore(opened.store(), () -> gate), opened.release());
    }

    private EngineBuilder builder() {
        return EmbeddedEngine.builder()
                .clock(clock)
                .ids(() -> "id-" + ids.incrementAndGet())
                .threads(8)
                .grace(Duration.ofSeconds(2));
    }

    EmbeddedEngine engine() {
        return engine;
    }

    @Override
    public void register(Saga<?, ?> saga) {
        sagas.put(saga.name(), saga);
        registerUnlessKilled(saga);
    }

    @Override
    public <I> void start(Saga<I, ?> saga, String name, I input) {
        engine.start(saga, name, input);
    }

    @Override
    public void settle() {
        engine.awaitIdle();
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void advance(Duration time) {
        clock.advance(time);
        settle();
    }

    @Override
    public void kill() {
        killed = true;
        engine.kill();
    }

    @Override
    public void gate(RecordGate newGate) {
        gate = newGate;
    }

    @Override
    public void bury() {
        engine.kill();
        engine.close();
    }

    @Override
    public void reopen() {
        bury();
        killed = false;
        engine = open();
        sagas.values().forEach(this::registerUnlessKilled);
        settle();
    }

    /** A saga goes on as soon as it is registered, and may kill the engine while the others still are. */
    private void registerUnlessKilled(Saga<?, ?> saga) {
        try {
            engine.register(saga);
        } catch (JournalException refused) {
            if (!killed) {
                engine.register(saga); // the gate broke a group of writes that this one happened to be in
            }
        }
    }

    @Override
    public <O> SagaStatus<O> status(Saga<?, O> saga, String name) {
        return engine.status(saga, name);
    }

    @Override
    public String id(String name) {
        return engine.list(ExecutionQuery.all()).stream()
                .filter(summary -> summary.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Override
    public List<RecordedOperation> operations(String name) {
        Map<String, RecordedOperation> operations = new LinkedHashMap<>();
        for (ExecutionEvent event : engine.events(name)) {
            if (!event.operation().isEmpty()) {
                operations.put(
                        event.operation(), new RecordedOperation(event.kind(), event.name(), outcome(event.what())));
            }
        }
        return List.copyOf(operations.values());
    }

    private static String outcome(ExecutionEvent.What what) {
        return switch (what) {
            case COMPLETED -> "COMPLETED";
            case FAILED -> "FAILED";
            case RESUMED, ATTEMPT, RETRY, AGAIN, OPENED -> "PENDING";
        };
    }

    @Override
    public Map<String, String> callbacks(String name) {
        Map<String, String> open = new LinkedHashMap<>();
        engine.callbacks(name).stream()
                .filter(callback -> !callback.decision())
                .forEach(callback -> open.put(callback.path(), callback.id()));
        return open;
    }

    @Override
    public CallbackAnswer complete(String callbackId, String payload) {
        return engine.completeCallback(callbackId, payload);
    }

    @Override
    public CallbackAnswer fail(String callbackId, String error) {
        return engine.failCallback(callbackId, error);
    }

    @Override
    public CallbackAnswer heartbeat(String callbackId) {
        return engine.heartbeat(callbackId);
    }

    @Override
    public CallbackAnswer decide(String decisionId, Decision decision) {
        return engine.decide(decisionId, decision);
    }

    @Override
    public void close() {
        engine.close();
    }
}
