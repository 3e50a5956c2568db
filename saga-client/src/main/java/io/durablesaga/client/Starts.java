package io.durablesaga.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.Saga;
import io.durablesaga.SagaDefinitionException;
import io.durablesaga.client.NamesInUse.Owner;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.result.SagaStatus;
import io.durablesaga.start.ExecutionName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.DurableExecutionAlreadyStartedException;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * Starts executions by name: once, whoever asks and however often.
 *
 * @param <I> what the saga takes
 * @param <O> what it yields
 */
final class Starts<I, O extends @Nullable Object> {
    private static final Duration LONGEST_SYNCHRONOUS = Duration.ofMinutes(15);

    private final LambdaClient lambda;
    private final Saga<I, O> saga;
    private final FunctionVersion function;
    private final SagaJson json;
    private final Inputs<I> inputs;
    private final Executions executions;
    private final NamesInUse names;
    private final Endings<O> endings;

    Starts(LambdaClient lambda, Saga<I, O> saga, FunctionVersion function, SagaJson json) {
        this.lambda = lambda;
        this.saga = saga;
        this.function = function;
        this.json = json;
        this.inputs = new Inputs<>(saga, json);
        this.executions = new Executions(lambda, function, TimeLimit.NONE);
        this.names = new NamesInUse(function, new JsonValues(json.mapper()));
        this.endings = new Endings<>(saga, json);
    }

    StartedExecution start(String name, I input) {
        requireName(name);
        String payload = inputs.write(name, input, Inputs.Way.ASYNCHRONOUS);
        try {
            InvokeResponse response = invoke(name, payload, InvocationType.EVENT);
            return new StartedExecution(name, response.durableExecutionArn());
        } catch (DurableExecutionAlreadyStartedException inUse) {
            return new StartedExecution(name, existing(name, payload, inUse).durableExecutionArn());
        }
    }

    SagaStatus<O> run(String name, I input) {
        requireName(name);
        requireShort();
        String payload = inputs.write(name, input, Inputs.Way.SYNCHRONOUS);
        InvokeResponse response;
        try {
            response = invoke(name, payload, InvocationType.REQUEST_RESPONSE);
        } catch (DurableExecutionAlreadyStartedException inUse) {
            return endings.status(existing(name, payload, inUse), executions);
        }
        return response.functionError() == null ? endings.succeeded(name, text(response)) : failed(name, response);
    }

    private InvokeResponse invoke(String name, String payload, InvocationType type) {
        return lambda.invoke(InvokeRequest.builder()
                .functionName(function.function())
                .qualifier(function.version())
                .durableExecutionName(name)
                .invocationType(type)
                .payload(SdkBytes.fromUtf8String(payload))
                .build());
    }

    /** The answer of a failed function need not hold the error's data; then the execution itself is asked. */
    private SagaStatus<O> failed(String name, InvokeResponse response) {
        ErrorObject error = error(text(response));
        if (Endings.resultIn(error) != null || response.durableExecutionArn() == null) {
            return endings.failed(name, error);
        }
        return executions
                .get(response.durableExecutionArn())
                .map(execution -> endings.status(execution, executions))
                .orElseGet(() -> endings.failed(name, error));
    }

    private @Nullable ErrorObject error(@Nullable String payload) {
        try {
            JsonNode error = json.mapper().readTree(payload == null ? "{}" : payload);
            return ErrorObject.builder()
                    .errorType(error.path("errorType").textValue())
                    .errorMessage(error.path("errorMessage").textValue())
                    .errorData(error.path("errorData").textValue())
                    .build();
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static @Nullable String text(InvokeResponse response) {
        return response.payload() == null ? null : response.payload().asUtf8String();
    }

    /** The execution whose name it is, if it was started with this input. */
    private GetDurableExecutionResponse existing(
            String name, String payload, DurableExecutionAlreadyStartedException inUse) {
        Owner owner = names.owner(executions, name, payload, inUse);
        if (owner instanceof Owner.Same same) {
            return same.execution();
        }
        throw conflict(name, (Owner.Other) owner, inUse);
    }

    private ExecutionConflict conflict(String name, Owner.Other other, DurableExecutionAlreadyStartedException inUse) {
        ExecutionConflict conflict = new ExecutionConflict(
                "saga '" + saga.name() + "', execution '" + name + "': the name is in use " + other.use()
                        + "; start another order under another name, or the same one with the same input",
                inUse);
        if (other.refusal() != null) {
            conflict.addSuppressed(other.refusal());
        }
        return conflict;
    }

    private void requireName(String name) {
        if (!ExecutionName.isLegal(name)) {
            throw new IllegalArgumentException("saga '" + saga.name() + "', execution '" + name
                    + "': malformed name; use 1 to 64 letters, digits, '-' or '_'");
        }
    }

    private void requireShort() {
        Duration longest = saga.worstCase().duration();
        if (longest.compareTo(LONGEST_SYNCHRONOUS) > 0) {
            throw new SagaDefinitionException(
                    saga.name(),
                    "up to " + longest + ", and a synchronous invocation lasts " + LONGEST_SYNCHRONOUS + " at most",
                    "call start(...), and ask for its status or hear of its end as an event");
        }
    }
}
