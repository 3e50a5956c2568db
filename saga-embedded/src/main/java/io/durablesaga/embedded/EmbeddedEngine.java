package io.durablesaga.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Saga;
import io.durablesaga.embedded.journal.CallbackRow;
import io.durablesaga.embedded.journal.ExecutionRow;
import io.durablesaga.embedded.journal.Reads;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.engine.EffectKeys;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaResults;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.start.ExecutionName;
import io.durablesaga.start.SagaStarter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs sagas in this process, recording them in one file, so that a killed process goes on where it was.
 *
 * <pre>{@code
 * try (EmbeddedEngine engine = EmbeddedEngine.open(Path.of("orders.db"))) {
 *     engine.register(PLACE_ORDER);
 *     Execution<Receipt> order = engine.start(PLACE_ORDER, "order-123", order);
 *     Optional<SagaResult<Receipt>> result = order.await(Duration.ofMinutes(1));
 * }
 * }</pre>
 *
 * <p>Everything unfinished goes on when its saga is registered after opening. Every record is on the disk before the next
 * effect starts. Thread-safe.
 */
public final class EmbeddedEngine implements AutoCloseable {
    private final EngineParts parts;
    private final Scheduler scheduler;
    private final Ends ends;

    EmbeddedEngine(EngineParts parts) {
        this.parts = parts;
        this.ends = new Ends();
        this.scheduler = new Scheduler(
                parts.store(),
                parts.committer(),
                parts.clock(),
                parts.ids(),
                parts.settings(),
                parts.workers(),
                ends::ended);
    }

    /**
     * Opens a journal, or makes it.
     *
     * @throws io.durablesaga.embedded.journal.JournalException if it is in use, damaged, or not one
     */
    public static EmbeddedEngine open(Path file) {
        return new EngineBuilder().open(file);
    }

    /** An engine in memory, for tests. */
    public static EmbeddedEngine inMemory() {
        return new EngineBuilder().inMemory();
    }

    /** An engine with settings of your own. */
    public static EngineBuilder builder() {
        return new EngineBuilder();
    }

    /**
     * Makes a saga known and goes on with what is unfinished of it, also with what was halted under another definition.
     *
     * @throws io.durablesaga.SagaDefinitionException if its worst case does not fit this engine
     */
    public void register(Saga<?, ?> saga) {
        parts.limits().check(saga);
        scheduler.register(saga);
    }

    /**
     * Starts an execution, durably before this returns. The same name with the same input is the existing execution, running
     * or ended.
     *
     * @throws ExecutionConflict if the name is in use for another input or saga
     * @throws io.durablesaga.embedded.journal.JournalException if it could not be recorded, or if that is not known; then it may
     *     run all the same, and starting it again under its name tells
     */
    public <I, O extends @Nullable Object> Execution<O> start(Saga<I, O> saga, String name, I input) {
        requireRegistered(saga);
        if (!ExecutionName.isLegal(name)) {
            throw new IllegalArgumentException("saga '" + saga.name() + "', execution '" + name
                    + "': malformed name; use 1 to 64 letters, digits, '-' or '_'");
        }
        Started started = new Starts(scheduler, parts).start(saga, name, input);
        return new Execution<>(this, saga, name, started.uid());
    }

    /**
     * Starts executions of a saga from JSON, for what stands between an event source and this engine; each as durably as
     * {@link #start start} does. Payloads that read as the same input are the same, however they are written. One that does not
     * read is refused; one that the saga's validations refuse is started, and ends compensated. A commit is not cut short: an
     * answer takes as long as it takes, whatever time it is given. There is no largest payload but for what a string can hold.
     *
     * @throws IllegalArgumentException if the saga is not registered
     */
    public SagaStarter starter(Saga<?, ?> saga) {
        requireRegistered(saga);
        return new EmbeddedStarter<>(saga, scheduler, parts);
    }

    private void requireRegistered(Saga<?, ?> saga) {
        if (!scheduler.isRegistered(saga)) {
            throw new IllegalArgumentException(
                    "saga '" + saga.name() + "' is not registered with this engine; call register(saga) first");
        }
    }

    /** An execution as it was started or found. */
    record Started(String uid) {}

    /** The execution of this name, or empty. */
    public <O extends @Nullable Object> Optional<Execution<O>> find(Saga<?, O> saga, String name) {
        return read(reads -> reads.execution(name))
                .filter(row -> row.saga().equals(saga.name()))
                .map(row -> new Execution<>(this, saga, name, row.uid()));
    }

    /** Executions, the newest first. */
    public List<ExecutionSummary> list(ExecutionQuery query) {
        return read(reads -> reads.query(new Reads.Query(
                        query.states().stream()
                                .map(state -> ExecutionRow.State.valueOf(state.name()))
                                .collect(Collectors.toSet()),
                        query.saga(),
                        query.idleSince(),
                        query.limit())))
                .stream()
                .map(ExecutionSummary::of)
                .toList();
    }

    /** The execution that an idempotency key belongs to, from a provider's console back to here. */
    public Optional<ExecutionSummary> findByKey(String key) {
        return EffectKeys.executionPartOf(key)
                .flatMap(part -> read(reads -> reads.byKeyPart(part)).stream().findFirst())
                .map(ExecutionSummary::of);
    }

    /** What has been recorded of an execution, in order. */
    public List<ExecutionEvent> events(String name) {
        return read(reads -> reads.execution(name)
                        .map(row -> reads.records(row.id()))
                        .orElse(List.of()))
                .stream()
                .map(ExecutionEvent::of)
                .toList();
    }

    /**
     * Completes a callback with a payload: JSON, or any text where the saga expects a string. What the saga cannot read fails
     * the callback, and nothing else.
     */
    public CallbackAnswer completeCallback(String callbackId, String payload) {
        return callbacks().end(callbackId, false, CallbackRow.State.COMPLETED, Objects.requireNonNull(payload));
    }

    /** Fails a callback. */
    public CallbackAnswer failCallback(String callbackId, String error) {
        return callbacks().end(callbackId, false, CallbackRow.State.FAILED, Objects.requireNonNull(error));
    }

    /** Says that somebody still works on a callback. */
    public CallbackAnswer heartbeat(String callbackId) {
        return callbacks().heartbeat(callbackId);
    }

    /** The open callbacks of an execution. */
    public List<OpenCallback> callbacks(String name) {
        return read(reads -> reads.execution(name)
                        .filter(row -> !row.state().ended())
                        .map(row -> reads.openCallbacks(row.id()))
                        .orElse(List.of()))
                .stream()
                .filter(row -> row.at(scheduler.now()).state() == CallbackRow.State.OPEN)
                .map(row -> new OpenCallback(row.path(), row.id(), row.decision(), Instant.ofEpochMilli(row.endsAt())))
                .toList();
    }

    /**
     * A callback that nobody has completed yet.
     *
     * @param path the node
     * @param id what it is completed by
     * @param decision whether it waits for a decision
     * @param until when it ends by itself
     */
    public record OpenCallback(String path, String id, boolean decision, Instant until) {}

    /** Decides what a parked execution waits for; the id is in its {@link SagaStatus.Parked status}. */
    public CallbackAnswer decide(String decisionId, Decision decision) {
        return callbacks().decide(decisionId, decision);
    }

    /**
     * Not supported yet: an execution ends through its own steps.
     *
     * @throws UnsupportedOperationException always
     */
    @SuppressWarnings("DoNotCallSuggester") // it will be supported, and callers should compile then
    public void cancel(String name) {
        throw new UnsupportedOperationException("execution '" + name
                + "': cancelling is not supported yet; let it end, or fail a callback or decision that it waits for");
    }

    /** Idempotency keys in this engine's journal. */
    public IdempotencyStore idempotencyStore() {
        return new JournalIdempotencyStore(parts.committer(), parts.clock());
    }

    /**
     * Stops: attempts under way may finish within the grace period and are interrupted after it; what is unfinished goes on
     * when the journal is opened again.
     */
    @Override
    public void close() {
        scheduler.close(parts.grace());
        parts.committer().close();
        parts.store().close();
        parts.release().run();
        ends.closed();
    }

    <O extends @Nullable Object> SagaStatus<O> status(Saga<?, O> saga, String name) {
        ExecutionRow row = read(reads -> reads.execution(name))
                .orElseThrow(() -> new IllegalArgumentException("there is no execution '" + name + "'"));
        return switch (row.state()) {
            case RUNNING -> new SagaStatus.Running<>();
            case WAITING ->
                new SagaStatus.Waiting<>(row.wakeAt() == null ? null : Instant.ofEpochMilli(Math.max(0, row.wakeAt())));
            case PARKED -> new SagaStatus.Parked<>(decisions(row));
            case HALTED -> new SagaStatus.Halted<>(String.valueOf(row.detail()));
            case COMPLETED, COMPENSATED, STUCK -> new SagaStatus.Ended<>(result(saga, row));
        };
    }

    ExecutionSummary summary(String name) {
        return read(reads -> reads.execution(name))
                .map(ExecutionSummary::of)
                .orElseThrow(() -> new IllegalArgumentException("there is no execution '" + name + "'"));
    }

    void awaitEnd(String name, Duration most) throws InterruptedException {
        ends.await(() -> read(reads -> reads.execution(name)), most);
    }

    /** For tests: returns once nothing can run until time passes or somebody acts. */
    void awaitIdle() {
        scheduler.awaitIdle();
    }

    /** For tests: the process dies here, but its memory stays to be looked at. */
    void kill() {
        scheduler.kill();
        parts.committer().refuse();
        parts.release().run();
    }

    /** For tests and measurements: how many transactions have been made durable. */
    long commits() {
        return parts.committer().commits();
    }

    /** For tests: how many executions somebody waits for. */
    int waiters() {
        return ends.waiters();
    }

    /** For tests: how much is held in memory for executions: incarnations, alarms and troubles. */
    int held() {
        return scheduler.held();
    }

    private Callbacks callbacks() {
        return new Callbacks(scheduler);
    }

    private <T> T read(Function<Reads, T> question) {
        return scheduler.read(question);
    }

    private List<SagaStatus.ParkedDecision> decisions(ExecutionRow row) {
        return callbacks(row.name()).stream()
                .filter(OpenCallback::decision)
                .map(open -> new SagaStatus.ParkedDecision(open.path(), open.id(), open.until()))
                .toList();
    }

    private <O extends @Nullable Object> SagaResult<O> result(Saga<?, O> saga, ExecutionRow row) {
        try {
            return new SagaResults(parts.settings().json().mapper())
                    .read(String.valueOf(row.result()), saga.outputType());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "saga '" + saga.name() + "', execution '" + row.name() + "': its recorded result does not read as "
                            + saga.outputType().getTypeName() + "; read it with the definition that recorded it",
                    e);
        }
    }
}
