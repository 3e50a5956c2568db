package io.durablesaga.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.Saga;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaResults;
import io.durablesaga.result.SagaStatus;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;

/**
 * What an execution's end means: a result of the saga, or death.
 *
 * @param <O> what the saga yields
 */
final class Endings<O extends @Nullable Object> {
    /** The error types by which a saga's function fails its execution and hands out the saga's result as the error's data. */
    private static final Set<String> OURS = Set.of("SagaStuck", "SagaCompensated");

    private final Saga<?, O> saga;
    private final SagaResults results;

    Endings(Saga<?, O> saga, SagaJson json) {
        this.saga = saga;
        this.results = new SagaResults(json.mapper());
    }

    /** Where an execution stands; its history is asked for only while it has not ended. */
    SagaStatus<O> status(GetDurableExecutionResponse execution, Executions executions) {
        String name = execution.durableExecutionName();
        return switch (execution.status()) {
            case RUNNING -> executions.history(execution.durableExecutionArn()).status();
            case SUCCEEDED -> succeeded(name, execution.result());
            case FAILED -> failed(name, execution.error());
            case TIMED_OUT -> new SagaStatus.Dead<>("timed out" + details(execution.error()));
            case STOPPED -> new SagaStatus.Dead<>("stopped" + details(execution.error()));
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException(who(name) + ": its status is '" + execution.statusAsString()
                        + "', which this version of the library does not know; use a newer one");
        };
    }

    /** The result that a function returned. */
    SagaStatus<O> succeeded(String name, @Nullable String result) {
        if (result == null) {
            throw new IllegalStateException(
                    who(name) + ": it succeeded, and the service handed out no result; may this caller read it?");
        }
        try {
            return new SagaStatus.Ended<>(read(name, result));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    who(name) + ": its result does not read as that of a saga that yields "
                            + saga.outputType().getTypeName() + "; ask with the definition that it ran under",
                    e);
        }
    }

    /** The result that a failed execution carries, or death if it is no such failure. */
    SagaStatus<O> failed(String name, @Nullable ErrorObject error) {
        String result = resultIn(error);
        if (result != null) {
            try {
                return new SagaStatus.Ended<>(read(name, result));
            } catch (JsonProcessingException | IllegalArgumentException e) {
                return new SagaStatus.Dead<>("failed" + details(error) + "; its result does not read");
            }
        }
        return new SagaStatus.Dead<>("failed" + details(error));
    }

    /** The saga result that an error carries, or null if it is no saga's own end. */
    static @Nullable String resultIn(@Nullable ErrorObject error) {
        return error != null && OURS.contains(String.valueOf(error.errorType())) ? error.errorData() : null;
    }

    private SagaResult<O> read(String name, String json) throws JsonProcessingException {
        SagaResult<O> result = results.read(json, saga.outputType());
        if (!result.saga().equals(saga.name())) {
            throw new IllegalStateException(who(name) + ": it is an execution of saga '" + result.saga()
                    + "'; ask with a client for that saga");
        }
        return result;
    }

    private String who(String name) {
        return "saga '" + saga.name() + "', execution '" + name + "'";
    }

    private static String details(@Nullable ErrorObject error) {
        if (error == null) {
            return "";
        }
        String details = Stream.of(error.errorType(), error.errorMessage())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(": "));
        return details.isEmpty() ? "" : ": " + details;
    }
}
