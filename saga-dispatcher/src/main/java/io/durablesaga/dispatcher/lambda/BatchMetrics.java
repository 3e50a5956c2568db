package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.durablesaga.dispatcher.Decision;
import io.durablesaga.dispatcher.Outcome;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Counts of a batch in CloudWatch's embedded metric format: all records, those returned, those handed to the dead letters, and those of
 * each outcome that there was.
 */
final class BatchMetrics {
    private static final String NAMESPACE = "DurableSaga/Dispatcher";

    private final String scope;
    private final String source;
    private final InstantSource clock;

    BatchMetrics(String scope, String source, InstantSource clock) {
        this.scope = scope;
        this.source = source;
        this.clock = clock;
    }

    /** One line. */
    String line(List<Decision> decisions) {
        Map<String, Integer> counts = counts(decisions);
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata =
                line.putObject("_aws").put("Timestamp", clock.instant().toEpochMilli());
        ObjectNode directive =
                metadata.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        directive.putArray("Dimensions").addArray().add("Scope").add("Source");
        ArrayNode metrics = directive.putArray("Metrics");
        line.put("Scope", scope).put("Source", source);
        counts.forEach((name, count) -> {
            metrics.addObject().put("Name", name).put("Unit", "Count");
            line.put(name, count);
        });
        return EventJson.text(line);
    }

    private static Map<String, Integer> counts(List<Decision> decisions) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("Records", decisions.size());
        counts.put("Returned", 0);
        counts.put("DeadLettered", 0);
        for (Decision decision : decisions) {
            counts.merge("Returned", decision.acknowledged() ? 0 : 1, Integer::sum);
            counts.merge("DeadLettered", decision.deadLettered() ? 1 : 0, Integer::sum);
            counts.merge(name(decision.outcome()), 1, Integer::sum);
        }
        return counts;
    }

    /** {@code NotReached}. */
    private static String name(Outcome outcome) {
        return Arrays.stream(outcome.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
