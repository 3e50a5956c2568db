package io.durablesaga.testing.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Saga;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.CallbackOutcome;
import io.durablesaga.engine.Decision;
import io.durablesaga.engine.Decisions;
import io.durablesaga.engine.EngineLimits;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.event.SagaListener;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaResults;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.run.RunSettings;
import io.durablesaga.testing.engine.EngineUnderTest;
import io.durablesaga.testing.engine.RecordGate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.NOPLogger;

/**
 * An engine in memory that behaves like a cloud service for durable executions: every start of an attempt, every outcome and
 * every wait is a durable write of its own, and each incarnation replays from them. It writes no log.
 *
 * <p>The same calls lead to the same writes and bodies in the same order: lines of control take turns, and bodies run one at a
 * time, once everything that can be under way beside them has been started. Time moves only in {@link #advance}; ids are
 * counted. Nothing goes on outside {@link #settle}, {@link #advance} and {@link #reopen}, so a body that waits for the test
 * holds them up, unless the engine is {@link #lingering}.
 *
 * <p>What a write that the gate fails leaves undone is gone on with at once, in another incarnation. Answers to callbacks come
 * from outside and pass no gate, also while no process runs.
 *
 * <p>Not thread-safe, except that bodies, the listener and the gate may kill it and answer callbacks.
 */
public final class SimulatedEngine implements EngineUnderTest {
    private static final EngineLimits LIMITS = new EngineLimits(1_000_000, 1L << 40, Duration.ofDays(366), 1024);
    private static final int MOST_RESULT_BYTES = 1024 * 1024;
    private static final SagaJson JSON = SagaJson.standard();

    private final Records records = new Records();
    private final Map<String, Saga<?, ?>> sagas = new LinkedHashMap<>();
    private final RunSettings settings;
    private final Bodies bodies = new Bodies();
    private volatile SimulatedProcess process;
    private boolean lingering;

    /** An engine over empty records. */
    public SimulatedEngine() {
        this(SagaListener.none());
    }

    /** An engine over empty records, whose executions this listener hears of. */
    public SimulatedEngine(SagaListener listener) {
        this(JSON, listener);
    }

    /** An engine over empty records, with a mapper of its own, whose executions this listener hears of. */
    public SimulatedEngine(SagaJson json, SagaListener listener) {
        this.settings = new RunSettings(json, listener, MOST_RESULT_BYTES, NOPLogger.NOP_LOGGER);
        this.process = new SimulatedProcess(records, sagas, settings, bodies);
    }

    /**
     * Whether each body has a thread of its own from the next incarnation on. {@link #settle} then returns when the engine is
     * {@linkplain #kill killed} though a body of it still waits, and a body that waits for another one does not keep that one
     * from running. Slower, and no less deterministic where no body waits.
     *
     * @return this
     */
    public SimulatedEngine lingering(boolean newLingering) {
        lingering = newLingering;
        return this;
    }

    /** Where time stands. */
    @Override
    public Instant now() {
        return Instant.ofEpochMilli(records.time().now());
    }

    @Override
    public void register(Saga<?, ?> saga) {
        LIMITS.check(saga);
        sagas.put(saga.name(), saga);
        records.wakeHalted(saga.name());
    }

    @Override
    public <I> void start(Saga<I, ?> saga, String name, I input) {
        new Starts(records, process).start(saga, name, input);
    }

    @Override
    public void settle() {
        process.settle(lingering);
    }

    @Override
    public void advance(Duration time) {
        records.time().advance(time);
        settle();
    }

    @Override
    public void kill() {
        process.kill();
    }

    /** Of all processes so far, also those not buried before. Also returns where a body is deaf, after two seconds. */
    @Override
    public void bury() {
        kill();
        bodies.awaitNone();
    }

    @Override
    public boolean oneAtATime() {
        return true;
    }

    @Override
    public void gate(RecordGate gate) {
        records.gate(gate);
    }

    /** Does not wait for bodies of the process before, which is killed if it still lives. */
    @Override
    public void reopen() {
        kill();
        process = new SimulatedProcess(records, sagas, settings, bodies);
        sagas.keySet().forEach(records::wakeHalted);
        settle();
    }

    @Override
    public <O extends @Nullable Object> SagaStatus<O> status(Saga<?, O> saga, String name) {
        ExecutionRecord execution = records.execution(name);
        return switch (execution.state()) {
            case RUNNING -> new SagaStatus.Running<>();
            case WAITING -> new SagaStatus.Waiting<>(instant(execution.wakeAt()));
            case PARKED -> new SagaStatus.Parked<>(decisions(execution));
            case HALTED -> new SagaStatus.Halted<>(execution.detail());
            case ENDED -> new SagaStatus.Ended<>(result(saga, execution));
        };
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private List<SagaStatus.ParkedDecision> decisions(ExecutionRecord execution) {
        return records.open(execution, true).entrySet().stream()
                .map(open -> new SagaStatus.ParkedDecision(
                        open.getValue().path(),
                        open.getKey(),
                        Instant.ofEpochMilli(open.getValue().endsAt())))
                .toList();
    }

    private <O extends @Nullable Object> SagaResult<O> result(Saga<?, O> saga, ExecutionRecord execution) {
        try {
            return new SagaResults(settings.json().mapper()).read(execution.detail(), saga.outputType());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    execution.label() + ": its recorded result does not read as "
                            + saga.outputType().getTypeName() + "; read it with the definition that recorded it",
                    e);
        }
    }

    @Override
    public String id(String name) {
        return records.execution(name).identity().id();
    }

    @Override
    public List<RecordedOperation> operations(String name) {
        return records.execution(name).operations().stream()
                .map(operation ->
                        new RecordedOperation(operation.kind().name(), operation.name(), operation.standing()))
                .toList();
    }

    @Override
    public Map<String, String> callbacks(String name) {
        Map<String, String> open = new LinkedHashMap<>();
        records.open(records.execution(name), false).forEach((id, callback) -> open.put(callback.path(), id));
        return open;
    }

    @Override
    public CallbackAnswer complete(String callbackId, String payload) {
        return records.end(callbackId, false, new CallbackOutcome.Completed(Objects.requireNonNull(payload)));
    }

    @Override
    public CallbackAnswer fail(String callbackId, String error) {
        return records.end(callbackId, false, new CallbackOutcome.Failed(Objects.requireNonNull(error)));
    }

    @Override
    public CallbackAnswer heartbeat(String callbackId) {
        return records.heartbeat(callbackId);
    }

    @Override
    public CallbackAnswer decide(String decisionId, Decision decision) {
        return records.end(decisionId, true, new CallbackOutcome.Completed(Decisions.write(decision)));
    }

    @Override
    public void close() {
        bury();
    }
}
