package io.durablesaga.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Event;
import software.amazon.awssdk.services.lambda.model.EventType;
import software.amazon.awssdk.services.lambda.model.Execution;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionHistoryRequest;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionHistoryResponse;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionRequest;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ListDurableExecutionsByFunctionRequest;
import software.amazon.awssdk.services.lambda.model.ListDurableExecutionsByFunctionResponse;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackFailureRequest;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackFailureResponse;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackHeartbeatRequest;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackHeartbeatResponse;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackSuccessRequest;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackSuccessResponse;

/**
 * What the service does with durable executions, in memory, and as strictly: one function, {@code place-order}, with numbered
 * versions. What the service leaves open, a test chooses. What a test does not expect, such as an operation that is not here,
 * throws.
 */
final class FakeLambda implements LambdaClient {
    static final String FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:place-order";

    final List<FakeExecution> executions = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    final Set<String> versions = new TreeSet<>(Set.of("1", "2", "3"));

    /** What the function does until a synchronous caller has its answer. */
    Consumer<FakeExecution> function = execution -> {};

    /** Whether a refused start says which execution has its name. */
    boolean refusalNamesTheExecution;

    /** Whether a list without a version is that of all versions, instead of $LATEST's. */
    boolean listsAllVersions;

    /** Whether the answer of a failed function holds the error's data. */
    boolean answersWithErrorData;

    boolean tellsArn = true;

    /** Whether the caller may read executions. */
    boolean readable = true;

    /** What the service says to reading requests instead, once each. */
    final Deque<RuntimeException> troubles = new ArrayDeque<>();

    int pageSize = 2;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    FakeExecution execution(String name) {
        return executions.stream()
                .filter(execution -> execution.name.equals(name))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** As if it had been started by somebody else. */
    FakeExecution started(String name, String version, String input) {
        now = now.plusSeconds(1);
        String arn = FUNCTION + ":" + version + "/durable-execution/" + name + "/id-" + executions.size();
        FakeExecution execution = new FakeExecution(arn, name, version, input, now);
        executions.add(execution);
        return execution;
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        requests.add("invoke");
        requireFunction(request.functionName());
        requireVersion(request.qualifier());
        require(request.durableExecutionName().matches("[a-zA-Z0-9-_]{1,64}"), "durableExecutionName");
        boolean waits = request.invocationType() == InvocationType.REQUEST_RESPONSE;
        String input = request.payload().asUtf8String();
        if (request.payload().asByteArray().length > (waits ? 6 : 1) * 1024 * 1024) {
            throw Faults.tooLarge();
        }
        requireJson(input);
        FakeExecution execution = started(request, input);
        if (!waits) {
            return InvokeResponse.builder()
                    .statusCode(202)
                    .durableExecutionArn(tellsArn ? execution.arn : null)
                    .build();
        }
        if (execution.status == ExecutionStatus.RUNNING) {
            function.accept(execution);
        }
        return answer(execution);
    }

    private FakeExecution started(InvokeRequest request, String input) {
        return executions.stream()
                .filter(execution -> execution.name.equals(request.durableExecutionName()))
                .findFirst()
                .map(existing -> {
                    if (existing.input.equals(input) && existing.version.equals(request.qualifier())) {
                        return existing;
                    }
                    throw Faults.alreadyStarted(refusalNamesTheExecution ? ": " + existing.arn : "");
                })
                .orElseGet(() -> started(request.durableExecutionName(), request.qualifier(), input));
    }

    private InvokeResponse answer(FakeExecution execution) {
        InvokeResponse.Builder response = InvokeResponse.builder()
                .statusCode(200)
                .executedVersion(execution.version)
                .durableExecutionArn(tellsArn ? execution.arn : null);
        if (execution.status == ExecutionStatus.SUCCEEDED) {
            return response.payload(SdkBytes.fromUtf8String(execution.result)).build();
        }
        String type = execution.error == null ? "ExecutionTimedOut" : execution.error.errorType();
        var error = new ObjectMapper().createObjectNode().put("errorType", type);
        if (answersWithErrorData) {
            error.put("errorData", execution.error.errorData());
        }
        return response.functionError("Unhandled")
                .payload(SdkBytes.fromUtf8String(error.toString()))
                .build();
    }

    @Override
    public GetDurableExecutionResponse getDurableExecution(GetDurableExecutionRequest request) {
        requests.add("get");
        FakeExecution execution = readable(request.durableExecutionArn());
        return GetDurableExecutionResponse.builder()
                .durableExecutionArn(execution.arn)
                .durableExecutionName(execution.name)
                .version(execution.version)
                .inputPayload(execution.input)
                .status(execution.status)
                .result(execution.result)
                .error(execution.error)
                .startTimestamp(execution.startedAt)
                .build();
    }

    @Override
    public GetDurableExecutionHistoryResponse getDurableExecutionHistory(GetDurableExecutionHistoryRequest request) {
        requests.add("history");
        Page<Event> page = page(readable(request.durableExecutionArn()).history, request.marker());
        return GetDurableExecutionHistoryResponse.builder()
                .events(page.items())
                .nextMarker(page.next())
                .build();
    }

    @Override
    public ListDurableExecutionsByFunctionResponse listDurableExecutionsByFunction(
            ListDurableExecutionsByFunctionRequest request) {
        requests.add("list " + request.qualifier());
        requireReadable();
        requireFunction(request.functionName());
        if (request.qualifier() != null) {
            requireVersion(request.qualifier());
        }
        Predicate<FakeExecution> listed = request.qualifier() == null
                ? execution -> listsAllVersions
                : execution -> execution.version.equals(request.qualifier());
        // the filter lets through what only contains the name
        List<Execution> found = executions.stream()
                .filter(listed)
                .filter(execution -> execution.name.contains(request.durableExecutionName()))
                .map(FakeExecution::summary)
                .toList();
        Page<Execution> page = page(found, request.marker());
        return ListDurableExecutionsByFunctionResponse.builder()
                .durableExecutions(page.items())
                .nextMarker(page.next())
                .build();
    }

    @Override
    public SendDurableExecutionCallbackSuccessResponse sendDurableExecutionCallbackSuccess(
            SendDurableExecutionCallbackSuccessRequest request) {
        withCallback(request.callbackId())
                .answer(
                        request.callbackId(),
                        EventType.CALLBACK_SUCCEEDED,
                        request.result().asUtf8String());
        return SendDurableExecutionCallbackSuccessResponse.builder().build();
    }

    @Override
    public SendDurableExecutionCallbackFailureResponse sendDurableExecutionCallbackFailure(
            SendDurableExecutionCallbackFailureRequest request) {
        require(request.error().stackTrace().isEmpty(), "stackTrace");
        withCallback(request.callbackId())
                .answer(
                        request.callbackId(),
                        EventType.CALLBACK_FAILED,
                        request.error().errorMessage());
        return SendDurableExecutionCallbackFailureResponse.builder().build();
    }

    @Override
    public SendDurableExecutionCallbackHeartbeatResponse sendDurableExecutionCallbackHeartbeat(
            SendDurableExecutionCallbackHeartbeatRequest request) {
        withCallback(request.callbackId()).heartbeat(request.callbackId());
        return SendDurableExecutionCallbackHeartbeatResponse.builder().build();
    }

    /** An id leads to its execution, whatever has become of the callback. */
    private FakeExecution withCallback(String id) {
        try {
            String opened = new String(Base64.getDecoder().decode(id), StandardCharsets.UTF_8);
            return executions.stream()
                    .filter(execution -> opened.startsWith(execution.arn))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new);
        } catch (IllegalArgumentException e) {
            throw Faults.invalid("Invalid callback id");
        }
    }

    private FakeExecution readable(String arn) {
        requireReadable();
        return executions.stream()
                .filter(execution -> execution.arn.equals(arn))
                .findFirst()
                .orElseThrow(() -> Faults.notFound("Durable Execution does not exist"));
    }

    private void requireReadable() {
        if (!readable) {
            throw Faults.forbidden();
        }
        if (!troubles.isEmpty()) {
            throw troubles.remove();
        }
    }

    private static void requireFunction(String name) {
        if (!name.equals(FUNCTION) && !name.equals("place-order")) {
            throw Faults.notFound("Function not found: " + name);
        }
    }

    private void requireVersion(String qualifier) {
        require(qualifier != null, "qualifier");
        if (!versions.contains(qualifier)) {
            throw Faults.notFound("Function not found: " + qualifier);
        }
    }

    private static void requireJson(String text) {
        try {
            new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw Faults.notJson(e.getOriginalMessage());
        }
    }

    private static void require(boolean right, String parameter) {
        if (!right) {
            throw Faults.invalid(parameter);
        }
    }

    private record Page<T>(List<T> items, String next) {}

    private <T> Page<T> page(List<T> all, String marker) {
        int from = marker == null ? 0 : Integer.parseInt(marker);
        int to = Math.min(all.size(), from + pageSize);
        return new Page<>(all.subList(from, to), to == all.size() ? null : Integer.toString(to));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        requests.add("close");
    }
}
