package io.durablesaga.client;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Event;
import software.amazon.awssdk.services.lambda.model.Execution;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionHistoryRequest;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionRequest;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.ListDurableExecutionsByFunctionRequest;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Finds the executions of a function and reads what the service has of them. */
final class Executions {
    /** How many versions before its own a name is looked for in. */
    static final int EARLIER_VERSIONS = 10;

    private final LambdaClient lambda;
    private final FunctionVersion function;

    Executions(LambdaClient lambda, FunctionVersion function) {
        this.lambda = lambda;
        this.function = function;
    }

    /**
     * The execution that goes by this name, the newest if there are several. It is looked for in this version and without a
     * version, which the service documents as $LATEST only and which others have seen list all, and then in earlier versions.
     */
    Optional<String> find(String name) {
        List<Execution> listed = new ArrayList<>(named(name, function.version()));
        listed.addAll(named(name, null));
        Optional<String> found = newest(listed);
        int own = Integer.parseInt(function.version());
        for (int version = own - 1; found.isEmpty() && version >= Math.max(1, own - EARLIER_VERSIONS); version--) {
            found = newest(inEarlier(name, Integer.toString(version)));
        }
        return found;
    }

    private static Optional<String> newest(List<Execution> executions) {
        return executions.stream()
                .max(Comparator.comparing(
                        Execution::startTimestamp, Comparator.nullsFirst(Comparator.<Instant>naturalOrder())))
                .map(Execution::durableExecutionArn);
    }

    private List<Execution> inEarlier(String name, String version) {
        try {
            return named(name, version);
        } catch (ResourceNotFoundException deleted) {
            return List.of();
        }
    }

    private List<Execution> named(String name, @Nullable String version) {
        ListDurableExecutionsByFunctionRequest request = ListDurableExecutionsByFunctionRequest.builder()
                .functionName(function.function())
                .qualifier(version)
                .durableExecutionName(name)
                .build();
        // the service's filter also lets through what only contains the name
        return lambda.listDurableExecutionsByFunctionPaginator(request).durableExecutions().stream()
                .filter(execution -> name.equals(execution.durableExecutionName()))
                .toList();
    }

    /** What the service has of an execution, or empty if it knows none: not yet, or not any more. */
    Optional<GetDurableExecutionResponse> get(String arn) {
        GetDurableExecutionRequest request = GetDurableExecutionRequest.builder()
                .durableExecutionArn(arn)
                .includeExecutionData(true)
                .build();
        try {
            return Optional.of(lambda.getDurableExecution(request));
        } catch (ResourceNotFoundException none) {
            return Optional.empty();
        }
    }

    /** What has happened in an execution; empty if the service knows none. */
    History history(String arn) {
        GetDurableExecutionHistoryRequest request = GetDurableExecutionHistoryRequest.builder()
                .durableExecutionArn(arn)
                // whether ids of callbacks are data is not documented
                .includeExecutionData(true)
                .build();
        History history = new History();
        try {
            for (Event event :
                    lambda.getDurableExecutionHistoryPaginator(request).events()) {
                history.add(event);
            }
        } catch (ResourceNotFoundException none) {
            return new History();
        }
        return history;
    }
}
