package io.durablesaga.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.Saga;
import io.durablesaga.SagaDefinitionException;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.result.SagaStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.DurableExecutionAlreadyStartedException;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;

/**
 * Starts executions by name: once, whoever asks and however often.
 *
 * @param <I> what the saga takes
 * @param <O> what it yields
 */
final class Starts<I, O extends @Nullable Object> {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final Duration LONGEST_SYNCHRONOUS = Duration.ofMinutes(15);
    private static final int FORBIDDEN = 403;

    private final LambdaClient lambda;
    private final Saga<I, O> saga;
    private final FunctionVersion function;
    private final SagaJson json;
    private final Inputs<I> inputs;
    private final Executions executions;
    private final Endings<O> endings;

    Starts(LambdaClient lambda, Saga<I, O> saga, FunctionVersion function, SagaJson json) {
        this.lambda = lambda;
        this.saga = saga;
        this.function = function;
        this.json = json;
        this.inputs = new Inputs<>(saga, json);
        this.executions = new Executions(lambda, function);
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
        GetDurableExecutionResponse existing = read(name, inUse);
        if (existing.inputPayload() == null) {
            throw conflict(name, "for an input that the service does not hand out; may this caller read it?", inUse);
        }
        if (!inputs.same(payload, existing.inputPayload())) {
            throw conflict(name, "for another input", inUse);
        }
        return existing;
    }

    private GetDurableExecutionResponse read(String name, DurableExecutionAlreadyStartedException inUse) {
        try {
            Optional<String> named = arnIn(String.valueOf(inUse.getMessage()), name);
            if (named.isPresent() && !function.owns(named.get())) {
                throw conflict(name, "by an execution of another function, " + named.get(), inUse);
            }
            return named.or(() -> executions.find(name))
                    .flatMap(executions::get)
                    .orElseThrow(() -> conflict(
                            name,
                            "by an execution that is not among those of version " + function.version() + " and the "
                                    + Executions.EARLIER_VERSIONS + " before it",
                            inUse));
        } catch (LambdaException refused) {
            if (refused.statusCode() != FORBIDDEN) {
                throw refused;
            }
            ExecutionConflict conflict = conflict(
                    name,
                    "by an execution that this caller may not read, for which it takes"
                            + " lambda:ListDurableExecutionsByFunction and lambda:GetDurableExecution",
                    inUse);
            conflict.addSuppressed(refused);
            throw conflict;
        }
    }

    /** The service's message may say whose name it is; it is not documented to. */
    private static Optional<String> arnIn(String message, String name) {
        Matcher arn = Pattern.compile(
                        "arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:[0-9]{12}:function:[a-zA-Z0-9_-]+:(?:\\$LATEST|[0-9]+)"
                                + "/durable-execution/" + Pattern.quote(name) + "/[a-zA-Z0-9_-]+")
                .matcher(message);
        return arn.find() ? Optional.of(arn.group()) : Optional.empty();
    }

    private ExecutionConflict conflict(String name, String use, DurableExecutionAlreadyStartedException inUse) {
        return new ExecutionConflict(
                "saga '" + saga.name() + "', execution '" + name + "': the name is in use " + use
                        + "; start another order under another name, or the same one with the same input",
                inUse);
    }

    private void requireName(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
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
