package io.durablesaga.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Saga;
import io.durablesaga.SagaDefinitionException;
import io.durablesaga.engine.ReplayMismatch;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.lambda.durable.DurableConfig;
import software.amazon.lambda.durable.DurableContext;
import software.amazon.lambda.durable.client.DurableExecutionClient;
import software.amazon.lambda.durable.config.RunInChildContextConfig;
import software.amazon.lambda.durable.exception.NonDeterministicExecutionException;
import software.amazon.lambda.durable.execution.DurableExecutor;
import software.amazon.lambda.durable.execution.SuspendExecutionException;
import software.amazon.lambda.durable.model.DurableExecutionInput;
import software.amazon.lambda.durable.model.DurableExecutionOutput;
import software.amazon.lambda.durable.model.ExecutionStatus;
import software.amazon.lambda.durable.plugin.DurableExecutionPlugin;
import software.amazon.lambda.durable.serde.SerDes;

/** Runs the invocations of one saga's executions. Thread-safe. */
final class SagaFunction<I, O extends @Nullable Object> {
    private final Saga<I, O> saga;
    private final LambdaSettings settings;
    private final Logger log;
    private final SagaRunner<I, O> runner;
    private final DurableConfig sdk;

    SagaFunction(Saga<I, O> saga, LambdaSettings settings, Logger log) {
        this.saga = saga;
        this.settings = settings;
        this.log = log;
        this.runner = new SagaRunner<>(saga, settings, log);
        this.sdk = settings.sdk() == null ? DurableConfig.defaultConfig() : settings.sdk();
    }

    Saga<I, O> saga() {
        return saga;
    }

    /** Loads what an invocation needs. */
    void prime(DurableExecutionInput request) {
        Incarnation unused = new Incarnation(sdk.getDurableExecutionClient(), request);
        runner.prime();
    }

    /** One invocation. Returns what is true of the execution, and throws where the service should invoke again. */
    DurableExecutionOutput execute(DurableExecutionInput input, @Nullable Context invocation) {
        Incarnation incarnation = new Incarnation(sdk.getDurableExecutionClient(), input);
        AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
        DurableExecutionOutput output;
        try {
            output = DurableExecutor.execute(
                    incarnation.input(),
                    invocation,
                    Texts.TEXT,
                    (text, context) -> noting(broken, context, incarnation, () -> invoked(text, context, incarnation)),
                    sdkConfig(incarnation, Texts.AS_THEY_ARE, false));
        } catch (RuntimeException | Error machinery) {
            throw again(incarnation, broken.get() == null ? machinery : broken.get());
        }
        boolean ended = output.status() == ExecutionStatus.SUCCEEDED || broken.get() instanceof SagaEnded;
        boolean waits = output.status() == ExecutionStatus.PENDING && incarnation.over() == null;
        if (ended || waits) {
            return output;
        }
        throw again(incarnation, broken.get() == null ? asThrown(output.error()) : broken.get());
    }

    /** The saga in a context of the SDK's, of which nothing else is known. */
    SagaResult<O> run(I input, DurableContext context) {
        Records records = Records.unknown();
        try {
            return noting(
                    new AtomicReference<>(),
                    context,
                    records,
                    () -> runner.orFail(runner.run(input, context, SagaRunner.identity(context), records)));
        } catch (ReplayMismatch mismatch) {
            throw new Interrupted(mismatch);
        }
    }

    /** What the SDK needs for running this saga in a context of its own. */
    DurableConfig configuration() {
        return sdkConfig(sdk.getDurableExecutionClient(), new SagaValues<>(saga, settings.json()), true);
    }

    private String invoked(String text, DurableContext context, Incarnation incarnation) {
        incarnation.begun();
        if (!context.isReplaying()) {
            requireRoom(context.getLambdaContext());
        }
        SagaResult<O> result = runner.run(input(text, context), context, SagaRunner.identity(context), incarnation);
        if (!incarnation.allReached()) {
            throw new ReplayMismatch(
                    "saga '" + saga.name() + "' has come to its end, and more operations were recorded than it"
                            + " came to; an execution goes on under the function version that it was started on");
        }
        return Response.fitting(runner.json(runner.orFail(result)));
    }

    /** An attempt that no invocation of this function can hold would be interrupted until nothing is known of its effect. */
    private void requireRoom(@Nullable Context invocation) {
        if (invocation != null) {
            Duration remaining = Seconds.of(Duration.ofMillis(invocation.getRemainingTimeInMillis()));
            try {
                LambdaLimits.checkAttempts(saga, remaining.plus(Deadline.MARGIN));
            } catch (SagaDefinitionException tooLong) {
                throw SagaEnded.refused(String.valueOf(tooLong.getMessage()));
            }
        }
    }

    @SuppressWarnings("unchecked") // read as the type that the saga says
    private I input(@Nullable String text, DurableContext context) {
        try {
            Object input = text == null ? null : settings.json().read(text, saga.inputType());
            if (input != null) {
                return (I) input;
            }
            throw unreadable(context, "it is null", null);
        } catch (JsonProcessingException e) {
            throw unreadable(context, SagaJson.why(e), e);
        }
    }

    private RuntimeException unreadable(DurableContext context, String why, @Nullable Throwable cause) {
        String message = "saga '" + saga.name() + "': the input does not read as "
                + saga.inputType().getTypeName() + " (" + why + ")";
        if (context.isReplaying()) {
            throw new ReplayMismatch(message + "; it did when the execution was started", cause);
        }
        return SagaEnded.refused(message + "; nothing has run: start it under another name with an input that does");
    }

    private RuntimeException again(Incarnation incarnation, @Nullable Throwable thrown) {
        Throwable first = incarnation.over();
        Throwable cause = first == null ? reason(thrown) : first;
        String arn = incarnation.input().durableExecutionArn();
        if (cause instanceof ReplayMismatch || cause instanceof NonDeterministicExecutionException) {
            log.error("saga {}, execution {}: halted: {}", saga.name(), arn, cause.getMessage());
            return new ExecutionHalted(String.valueOf(cause.getMessage()));
        }
        String why = cause == null ? "for a reason that the SDK does not say" : cause.toString();
        log.warn("saga {}, execution {}: this invocation cannot go on: {}", saga.name(), arn, why);
        return new InvocationFailed("saga '" + saga.name() + "': this invocation cannot go on: " + why, cause);
    }

    private static @Nullable Throwable reason(@Nullable Throwable thrown) {
        return thrown instanceof Interrupted interrupted ? interrupted.reason() : thrown;
    }

    /** The SDK may say how its threads ended before the handler's own has seen it. */
    private static @Nullable Throwable asThrown(@Nullable ErrorObject error) {
        if (error == null) {
            return null;
        }
        String message = error.errorType() + ": " + error.errorMessage();
        return NonDeterministicExecutionException.class.getName().equals(error.errorType())
                ? new ReplayMismatch(message)
                : new IllegalStateException(message);
    }

    private static <T> T noting(
            AtomicReference<@Nullable Throwable> broken,
            DurableContext context,
            Records records,
            Supplier<T> invocation) {
        try {
            return invocation.get();
        } catch (SuspendExecutionException | SagaEnded ordinary) {
            broken.set(ordinary);
            throw ordinary;
        } catch (RuntimeException | Error machinery) {
            broken.set(machinery);
            stopBranches(context, records.end(machinery));
            throw machinery;
        }
    }

    /**
     * Ends what other lines of control wait for: the SDK does not return before their threads do. It stops all its operations where
     * a child context says that it cannot go on, which a virtual one does without a record.
     */
    private static void stopBranches(DurableContext context, RuntimeException end) {
        var unused = context.runInChildContextAsync(
                "stop",
                Texts.TEXT,
                child -> {
                    throw end;
                },
                RunInChildContextConfig.builder()
                        .isVirtual(true)
                        .serDes(Texts.AS_THEY_ARE)
                        .build());
    }

    @SuppressWarnings("deprecation") // plugins are the SDK's preview; who has configured one keeps it
    private DurableConfig sdkConfig(DurableExecutionClient client, SerDes serDes, boolean readsBack) {
        return DurableConfig.builder()
                .withDurableExecutionClient(client)
                .withSerDes(serDes)
                .withDeserializeAfterSerialization(readsBack)
                .withExecutorService(new Threads(sdk.getExecutorService()))
                .withLoggerConfig(sdk.getLoggerConfig())
                .withPollingStrategy(sdk.getPollingStrategy())
                .withCheckpointDelay(sdk.getCheckpointDelay())
                .withPlugins(sdk.getPluginRunner().getPlugins().toArray(new DurableExecutionPlugin[0]))
                .build();
    }
}
