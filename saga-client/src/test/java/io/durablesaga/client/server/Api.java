package io.durablesaga.client.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.durablesaga.client.server.Call.Operation;
import io.durablesaga.start.ExecutionName;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;

/** What the service does with each request. Every function exists, and every version of it; of aliases those that are declared. */
final class Api {
    private static final String FUNCTIONS = "/2015-03-31/functions/";
    private static final String INVOCATIONS = "/invocations";
    private static final String EXECUTIONS = "/2025-12-01/durable-executions/";
    private static final String FUNCTIONS_EXECUTIONS = "/2025-12-01/functions/";
    private static final String LISTED = "/durable-executions";
    private static final String ACCOUNT = "arn:aws:lambda:eu-west-1:123456789012:function:";
    private static final int LARGEST = 1024 * 1024;

    /** Small, so that whoever reads the first page only is found out. */
    private static final int PAGE = 2;

    private static final double STARTED_AT = 1_767_225_600;
    private static final JsonFactory JSON = new JsonFactory();

    final StoredExecutions executions = new StoredExecutions();
    final Map<String, String> aliases = new ConcurrentHashMap<>();
    volatile boolean listsAllVersions;
    volatile boolean refusalsNameTheExecution;
    volatile Consumer<Started> whenStarted = started -> {};

    /** One string per version, whatever it is called by. */
    private final Map<String, String> versions = new ConcurrentHashMap<>();

    /** What is asked, or null if that is nothing the server plays. */
    static @Nullable Call call(long number, String method, URI uri, @Nullable String executionName) {
        String path = uri.getRawPath();
        String query = uri.getRawQuery();
        if (method.equals("POST") && path.startsWith(FUNCTIONS) && path.endsWith(INVOCATIONS)) {
            String function = decoded(path.substring(FUNCTIONS.length(), path.length() - INVOCATIONS.length()));
            return new Call(number, Operation.INVOKE, function, parameter(query, "Qualifier"), executionName);
        }
        if (method.equals("GET") && path.startsWith(EXECUTIONS)) {
            return new Call(number, Operation.GET, null, null, decoded(path.substring(EXECUTIONS.length())));
        }
        if (method.equals("GET") && path.startsWith(FUNCTIONS_EXECUTIONS) && path.endsWith(LISTED)) {
            String function = decoded(path.substring(FUNCTIONS_EXECUTIONS.length(), path.length() - LISTED.length()));
            String name = parameter(query, "DurableExecutionName");
            return new Call(number, Operation.LIST, function, parameter(query, "Qualifier"), name);
        }
        return null;
    }

    private static String decoded(String text) {
        return text.indexOf('%') < 0 ? text : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    static @Nullable String parameter(@Nullable String query, String name) {
        for (String part : query == null ? new String[0] : query.split("&")) {
            if (part.startsWith(name + "=")) {
                return decoded(part.substring(name.length() + 1));
            }
        }
        return null;
    }

    Answer invoke(Call call, byte[] payload) {
        if (call.qualifier() == null || call.qualifier().equals("$LATEST")) {
            return Answer.invalid("You cannot invoke a durable function using an unqualified ARN.");
        }
        String version = version(call);
        if (version == null) {
            return Answer.notFound("Function not found: " + call.function() + ":" + call.qualifier());
        }
        if (!ExecutionName.isLegal(call.execution())) {
            return Answer.invalid("durableExecutionName");
        }
        if (payload.length > LARGEST) {
            return Answer.fault(413, "RequestTooLargeException", "Request must be smaller than 1048576 bytes");
        }
        if (!isJson(payload)) {
            return Answer.fault(400, "InvalidRequestContentException", "Could not parse request body into json");
        }
        StoredExecutions.Start start = executions.start(version, call.execution(), payload);
        if (start.conflict()) {
            String which = refusalsNameTheExecution ? ": " + start.execution().arn() : "";
            return Answer.fault(409, "DurableExecutionAlreadyStartedException", "Execution already started" + which);
        }
        if (start.isNew()) {
            whenStarted.accept(start.execution());
        }
        return Answer.accepted(start.execution().arn());
    }

    private static boolean isJson(byte[] payload) {
        try (JsonParser parser = JSON.createParser(payload)) {
            boolean something = parser.nextToken() != null;
            parser.skipChildren();
            return something && parser.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }

    /** The ARN of the version that is meant, or null if there is none. */
    private @Nullable String version(Call call) {
        String qualifier = String.valueOf(call.qualifier());
        String number = qualifier.matches("[1-9][0-9]*") ? qualifier : aliases.get(qualifier);
        return number == null ? null : versions.computeIfAbsent(arn(call.function()) + ":" + number, arn -> arn);
    }

    private static String arn(@Nullable String function) {
        String name = String.valueOf(function);
        return ACCOUNT + name.substring(name.lastIndexOf(':') + 1);
    }

    Answer get(Call call) {
        Started started = executions.withArn(String.valueOf(call.execution()));
        if (started == null) {
            return Answer.notFound("Durable Execution does not exist");
        }
        ObjectNode json = summary(started);
        if (started.payload() != null) {
            json.put("InputPayload", started.payload());
        }
        Started.End end = started.end();
        if (end.result() != null) {
            json.put("Result", end.result());
        }
        if (end.errorType() != null) {
            json.putObject("Error")
                    .put("ErrorType", end.errorType())
                    .put("ErrorMessage", end.errorMessage())
                    .put("ErrorData", end.errorData());
        }
        return Answer.json(json);
    }

    Answer list(Call call, @Nullable String query) {
        String version = call.qualifier() == null ? null : version(call);
        if (call.qualifier() != null && version == null) {
            return Answer.notFound("Function not found: " + call.function() + ":" + call.qualifier());
        }
        String of = version == null ? arn(call.function()) + ":" : version + "/";
        List<Started> found = executions.containing(
                String.valueOf(call.execution()),
                started ->
                        (version != null || listsAllVersions) && started.arn().startsWith(of));
        String marker = parameter(query, "Marker");
        int from = marker == null ? 0 : Integer.parseInt(marker);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        var page = json.putArray("DurableExecutions");
        found.stream().skip(from).limit(PAGE).forEach(started -> page.add(summary(started)));
        if (found.size() > from + PAGE) {
            json.put("NextMarker", Integer.toString(from + PAGE));
        }
        return Answer.json(json);
    }

    private static ObjectNode summary(Started started) {
        ExecutionStatus status = started.end().status();
        return JsonNodeFactory.instance
                .objectNode()
                .put("DurableExecutionArn", started.arn())
                .put("DurableExecutionName", started.name())
                .put("FunctionArn", started.arn().substring(0, started.arn().indexOf('/')))
                .put("Status", status.toString())
                .put("StartTimestamp", STARTED_AT + started.sequence());
    }
}
