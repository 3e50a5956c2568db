package io.durablesaga.lambda.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.durablesaga.lambda.scenario.Run;
import io.durablesaga.lambda.scenario.Scenarios;
import io.durablesaga.lambda.service.Change;
import io.durablesaga.lambda.service.ExecutionView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;

/**
 * Everything that an execution has recorded, a line for each update and one for the end:
 *
 * <pre>{@code
 * reserve 6b86b273 STEP/Step SUCCEED {"attempts":1,"result":...}
 * }</pre>
 *
 * is an operation's name, the beginning of its id, its type and subtype, the action, and what else there is, but for the payloads.
 * What runs beside each other is sorted by its branch, or by its name where it has no branch.
 */
final class Trace {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern RESULT = Pattern.compile("(\\{\"attempts\":[0-9]+,\"result\":).*}", Pattern.DOTALL);
    private static final Pattern MEMBER =
            Pattern.compile("^.*?" + Pattern.quote(Scenarios.TOGETHER) + "(\\[[^]]*]|/[^/]*)");
    private static final int ID_SHOWN = 8;

    /** A line and, if it can come before or after others, of which member of its group it is. */
    private record Line(@Nullable String member, String text) {
        static Line of(OperationUpdate update) {
            Matcher matcher = MEMBER.matcher(update.name());
            return new Line(matcher.find() ? matcher.group() : null, line(update));
        }
    }

    private Trace() {}

    static String of(Run run) {
        List<Line> lines = new ArrayList<>();
        run.checkpoints()
                .forEach(call -> call.changes().stream()
                        .map(Change::update)
                        .map(Line::of)
                        .forEach(lines::add));
        StringBuilder trace = new StringBuilder();
        for (Line line : sorted(lines)) {
            trace.append(line.text()).append('\n');
        }
        return trace.append(end(run.end())).append('\n').toString();
    }

    /** Lines of members that follow each other, by member; of one member, as they are. */
    private static List<Line> sorted(List<Line> lines) {
        List<Line> sorted = new ArrayList<>();
        List<Line> together = new ArrayList<>();
        for (Line line : lines) {
            if (line.member() == null) {
                flush(together, sorted);
                sorted.add(line);
            } else {
                together.add(line);
            }
        }
        flush(together, sorted);
        return sorted;
    }

    private static void flush(List<Line> together, List<Line> sorted) {
        together.stream()
                .sorted(Comparator.comparing(line -> String.valueOf(line.member())))
                .forEach(sorted::add);
        together.clear();
    }

    private static String line(OperationUpdate update) {
        StringBuilder line = new StringBuilder(update.name())
                .append(' ')
                .append(update.id(), 0, ID_SHOWN)
                .append(' ')
                .append(update.typeAsString())
                .append('/')
                .append(update.subType())
                .append(' ')
                .append(update.actionAsString());
        if (update.parentId() != null) {
            line.append(" in ").append(update.parentId(), 0, ID_SHOWN);
        }
        options(update, line);
        if (update.payload() != null) {
            line.append(' ').append(RESULT.matcher(shape(update.payload())).replaceFirst("$1...}"));
        }
        if (update.error() != null) {
            line.append(' ').append(error(update.error()));
        }
        return line.toString();
    }

    private static void options(OperationUpdate update, StringBuilder line) {
        if (update.stepOptions() != null) {
            line.append(" in ")
                    .append(update.stepOptions().nextAttemptDelaySeconds())
                    .append(" s");
        }
        if (update.waitOptions() != null) {
            line.append(' ').append(update.waitOptions().waitSeconds()).append(" s");
        }
        if (update.callbackOptions() != null) {
            Integer heartbeat = update.callbackOptions().heartbeatTimeoutSeconds();
            line.append(" timeout ")
                    .append(update.callbackOptions().timeoutSeconds())
                    .append(heartbeat == null ? " s" : " s, heartbeat " + heartbeat + " s");
        }
        if (update.chainedInvokeOptions() != null) {
            line.append(" of ").append(update.chainedInvokeOptions().functionName());
        }
        if (update.contextOptions() != null) {
            line.append(" replaying children ").append(update.contextOptions().replayChildren());
        }
    }

    private static String shape(String payload) {
        if (payload.isEmpty()) {
            return "(empty)";
        }
        return payload.startsWith("{\"attempts\":") ? payload : "(payload)";
    }

    private static String error(ErrorObject error) {
        return error.errorType() + (error.errorData() == null ? "" : " " + withoutMessage(error.errorData()));
    }

    /** What a failure says in words may change; all else decides how a saga goes on. */
    private static String withoutMessage(String data) {
        try {
            JsonNode json = MAPPER.readTree(data);
            List<String> fields = new ArrayList<>();
            json.properties()
                    .forEach(field -> fields.add('"' + field.getKey() + "\":"
                            + (field.getKey().equals("message") ? "..." : field.getValue())));
            return "{" + String.join(",", fields) + "}";
        } catch (JsonProcessingException e) {
            return "(no JSON)";
        }
    }

    private static String end(ExecutionView end) {
        String how = end.error() == null ? how(end.result()) : end.error().errorType();
        return "end " + end.status() + " " + how;
    }

    private static String how(@Nullable String result) {
        try {
            return MAPPER.readTree(String.valueOf(result)).path("sagaResult").asText();
        } catch (JsonProcessingException e) {
            return "(no JSON)";
        }
    }
}
