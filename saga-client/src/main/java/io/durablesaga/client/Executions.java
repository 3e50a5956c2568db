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
import software.amazon.awssdk.services.lambda.model.ListDurableExecutionsByFunctionResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Finds the executions of a function and reads what the service has of them. */
final class Executions {
    /** How many versions before its own a name is looked for in. */
    static final int EARLIER_VERSIONS = 10;

    private final LambdaClient lambda;
    private final FunctionVersion function;
    private final TimeLimit limit;

    Executions(LambdaClient lambda, FunctionVersion function, TimeLimit limit) {
        this.lambda = lambda;
        this.function = function;
        this.limit = limit;
    }

    /**
     * The execution that goes by this name, the newest if there are several. It is looked for in this version and without a
     * version, which the service documents as $LATEST only and which others have seen list all, and then in earlier versions.
     * An alias has no earlier ones.
     */
    Optional<String> find(String name) {
        List<Execution> listed = new ArrayList<>(named(name, function.version()));
        listed.addAll(named(name, null));
        Optional<String> found = newest(listed);
        for (String version : function.earlier(EARLIER_VERSIONS)) {
            if (found.isPresent()) {
                break;
            }
            found = newest(inEarlier(name, version));
        }
        return found;
    }

    /** Where a name is looked for, for a person. */
    String searched() {
        return function.isNumbered()
                ? "version " + function.version() + " and the " + EARLIER_VERSIONS + " before it"
                : "alias '" + function.version() + "', which may not list what it started before it was moved";
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
        List<Execution> found = new ArrayList<>();
        String marker = null;
        do { // not the SDK's paginator, which gives every page the time that was left for the first
            ListDurableExecutionsByFunctionResponse page =
                    lambda.listDurableExecutionsByFunction(page(name, version, marker));
            // the service's filter also lets through what only contains the name
            page.durableExecutions().stream()
                    .filter(execution -> name.equals(execution.durableExecutionName()))
                    .forEach(found::add);
            marker = page.nextMarker();
        } while (marker != null && !marker.isEmpty());
        return found;
    }

    private ListDurableExecutionsByFunctionRequest page(
            String name, @Nullable String version, @Nullable String marker) {
        return ListDurableExecutionsByFunctionRequest.builder()
                .functionName(function.function())
                .qualifier(version)
                .durableExecutionName(name)
                .marker(marker)
                .overrideConfiguration(limit.next())
                .build();
    }

    /** What the service has of an execution, or empty if it knows none: not yet, or not any more. */
    Optional<GetDurableExecutionResponse> get(String arn) {
        GetDurableExecutionRequest request = GetDurableExecutionRequest.builder()
                .durableExecutionArn(arn)
                .includeExecutionData(true)
                .overrideConfiguration(limit.next())
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
