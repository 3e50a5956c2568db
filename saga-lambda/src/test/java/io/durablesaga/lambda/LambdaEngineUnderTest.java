package io.durablesaga.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Saga;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.engine.Decisions;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.event.SagaListener;
import io.durablesaga.lambda.service.DurableService;
import io.durablesaga.lambda.service.ExecutionView;
import io.durablesaga.lambda.service.FunctionUnderTest;
import io.durablesaga.lambda.service.ServiceLimits;
import io.durablesaga.lambda.service.ServiceSettings;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaResults;
import io.durablesaga.result.SagaStatus;
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
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.lambda.durable.DurableConfig;
import software.amazon.lambda.durable.exception.StepInterruptedException;

/**
 * Sagas as Lambda durable functions under the contract: the durable SDK as it is, on a strict stand-in for the service, in virtual
 * time. Each saga is a function of its name, and each invocation has a process of its own, so to speak: killing kills all of them.
 *
 * <p>An attempt that a crash cut short is tried again after a delay here, of at least a second, as the service has it for every
 * retry. {@link #reopen} lets that time pass: no new process is there sooner.
 */
public final class LambdaEngineUnderTest implements EngineUnderTest {
    private static final SagaJson JSON = SagaJson.standard();
    private static final SagaResults RESULTS = new SagaResults(JSON.mapper());
    private static final Duration TIMEOUT = ServiceLimits.DOCUMENTED.timeout();
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final ServiceSettings SETTINGS =
            ServiceSettings.DEFAULT.calm(Duration.ofSeconds(1)).mayStall(failure -> failure instanceof ExecutionHalted);

    private final DurableService service = new DurableService(SETTINGS);
    private final SagaListener listener;

    private LambdaEngineUnderTest(SagaListener listener) {
        this.listener = listener;
    }

    /** An engine over a service that has executed nothing yet. */
    public static LambdaEngineUnderTest open() {
        return open(SagaListener.none());
    }

    /** An engine over a service that has executed nothing yet, whose executions this listener hears of. */
    public static LambdaEngineUnderTest open(SagaListener listener) {
        return new LambdaEngineUnderTest(listener);
    }

    @Override
    public void register(Saga<?, ?> saga) {
        service.register(saga.name(), function(saga));
        service.wake(saga.name());
    }

    private FunctionUnderTest function(Saga<?, ?> saga) {
        LambdaSettings settings = LambdaSettings.defaults()
                .listener(listener)
                .executionTimeout(TIMEOUT)
                .clock(service.clock());
        LambdaLimits.check(saga, TIMEOUT);
        return (input, client, bodies) -> new SagaFunction<>(
                        saga,
                        settings.sdk(DurableConfig.builder()
                                .withDurableExecutionClient(client)
                                .withExecutorService(bodies)
                                .build()),
                        NOPLogger.NOP_LOGGER)
                .execute(input, null);
    }

    @Override
    public <I> void start(Saga<I, ?> saga, String name, I input) {
        try {
            String unused = service.start(saga.name(), name, JSON.write(input));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "saga '" + saga.name() + "', execution '" + name + "': " + e.getMessage(), e);
        }
    }

    // time and processes

    @Override
    public void settle() {
        service.settle();
    }

    @Override
    public Instant now() {
        return service.now();
    }

    @Override
    public void advance(Duration time) {
        service.advance(time);
        settle();
    }

    @Override
    public void kill() {
        service.kill();
    }

    @Override
    public void bury() {
        kill();
        boolean unused = service.bury(GRACE); // a body that is deaf stays
    }

    @Override
    public void gate(RecordGate gate) {
        service.interfere(new GatedCalls(gate));
    }

    @Override
    public void reopen() {
        bury();
        service.reopen();
        settle();
        Instant retry = interrupted();
        while (retry != null) {
            advance(Duration.between(now(), retry));
            retry = interrupted();
        }
    }

    /** When the next attempt that a crash cut short is tried again, or null. */
    private @Nullable Instant interrupted() {
        return service.executions().stream()
                .map(service::execution)
                .filter(execution -> execution.status() == ExecutionStatus.RUNNING && execution.stalled() == null)
                .flatMap(execution -> execution.operations().stream())
                .filter(operation -> operation.status() == OperationStatus.PENDING)
                .map(operation -> operation.stepDetails())
                .filter(details -> details.error() != null
                        && StepInterruptedException.class
                                .getName()
                                .equals(details.error().errorType()))
                .map(details -> details.nextAttemptTimestamp())
                .min(Instant::compareTo)
                .orElse(null);
    }

    // what is known

    @Override
    public <O extends @Nullable Object> SagaStatus<O> status(Saga<?, O> saga, String name) {
        ExecutionView execution = service.execution(name);
        return switch (execution.status()) {
            case RUNNING -> standing(execution);
            case SUCCEEDED -> new SagaStatus.Ended<>(read(saga, execution.result()));
            case FAILED -> failed(saga, execution);
            default -> new SagaStatus.Dead<>(execution.status() + ": " + execution.error());
        };
    }

    private static <O extends @Nullable Object> SagaStatus<O> standing(ExecutionView execution) {
        Throwable stalled = execution.stalled();
        if (stalled != null) {
            return new SagaStatus.Halted<>(String.valueOf(stalled.getMessage()));
        }
        if (execution.underWay()) {
            return new SagaStatus.Running<>();
        }
        List<SagaStatus.ParkedDecision> decisions = execution.callbacks().stream()
                .filter(callback -> callback.name().startsWith(RecordedAs.DECIDE))
                .map(callback -> new SagaStatus.ParkedDecision(
                        callback.name().substring(RecordedAs.DECIDE.length()),
                        callback.id(),
                        Objects.requireNonNull(callback.endsAt())))
                .toList();
        return decisions.isEmpty()
                ? new SagaStatus.Waiting<>(execution.nextTimer())
                : new SagaStatus.Parked<>(decisions);
    }

    private static <O extends @Nullable Object> SagaStatus<O> failed(Saga<?, O> saga, ExecutionView execution) {
        String result = SagaEnded.resultIn(execution.error());
        return result == null
                ? new SagaStatus.Dead<>(execution.status() + ": " + execution.error())
                : new SagaStatus.Ended<>(read(saga, result));
    }

    private static <O extends @Nullable Object> SagaResult<O> read(Saga<?, O> saga, @Nullable String result) {
        try {
            return RESULTS.read(Objects.requireNonNull(result), saga.outputType());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no result of saga '" + saga.name() + "': " + result, e);
        }
    }

    @Override
    public String id(String name) {
        return service.execution(name).arn();
    }

    @Override
    public List<RecordedOperation> operations(String name) {
        return service.execution(name).operations().stream()
                .map(RecordedAs::operation)
                .toList();
    }

    // callbacks

    @Override
    public Map<String, String> callbacks(String name) {
        Map<String, String> open = new LinkedHashMap<>();
        service.execution(name).callbacks().stream()
                .filter(callback -> callback.name().startsWith(RecordedAs.AWAIT))
                .forEach(callback -> open.put(callback.name().substring(RecordedAs.AWAIT.length()), callback.id()));
        return open;
    }

    @Override
    public CallbackAnswer complete(String callbackId, String payload) {
        return service.complete(callbackId, payload);
    }

    @Override
    public CallbackAnswer fail(String callbackId, String error) {
        return service.fail(
                callbackId,
                ErrorObject.builder()
                        .errorType("CallbackFailed")
                        .errorMessage(error)
                        .build());
    }

    @Override
    public CallbackAnswer heartbeat(String callbackId) {
        return service.heartbeat(callbackId);
    }

    @Override
    public CallbackAnswer decide(String decisionId, Decision decision) {
        return service.complete(decisionId, Decisions.write(decision));
    }

    @Override
    public void close() {
        service.close();
    }
}
