package io.durablesaga.dispatcher;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each batch, and one for each record at debug, as {@code key=value}. At warn a record that is put away or given up,
 * acknowledged or not, is a line, and so is each thing that keeps records from being started. Nothing of what records say is in them,
 * but for business keys in names.
 */
final class DispatchLog {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private static final int MOST_FAILURES = 5;

    private final String scope;

    DispatchLog(String scope) {
        this.scope = scope;
    }

    void told(List<Decision> decisions, Duration took) {
        failures(decisions)
                .forEach((detail, count) ->
                        LOG.warn("dispatch=failing scope={} records={} detail={}", scope, count, quoted(detail)));
        for (Decision decision : decisions) {
            if (worthAWarning(decision)) {
                LOG.warn("dispatch=record {}", line(decision));
            } else if (LOG.isDebugEnabled()) {
                LOG.debug("dispatch=record {}", line(decision));
            }
        }
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "dispatch=batch scope={} records={} millis={} {}",
                    scope,
                    decisions.size(),
                    took.toMillis(),
                    counts(decisions));
        }
    }

    /** What keeps records from being started, such as a missing permission: once for each, and not for each record. */
    static Map<String, Integer> failures(List<Decision> decisions) {
        Map<String, Integer> failures = new LinkedHashMap<>();
        for (Decision decision : decisions) {
            boolean failing = decision.outcome() == Outcome.FAILED || decision.outcome() == Outcome.THROTTLED;
            if (failing && (failures.size() < MOST_FAILURES || failures.containsKey(decision.detail()))) {
                failures.merge(decision.detail(), 1, Integer::sum);
            }
        }
        return failures;
    }

    private static boolean worthAWarning(Decision decision) {
        return switch (decision.outcome()) {
            case ENDED_BADLY, FORGOTTEN, CONFLICT, POISON, REFUSED -> true;
            case ACCEPTED, DUPLICATE, COMPENSATED, THROTTLED, FAILED, NOT_REACHED -> false;
        };
    }

    String line(Decision decision) {
        Origin origin = decision.record().origin().orElse(null);
        return "scope=" + scope
                + " source=" + (origin == null ? "" : origin.kind())
                + " id=" + (origin == null ? "" : quoted(origin.id()))
                + " name=" + (decision.name() == null ? "" : decision.name())
                + " outcome=" + decision.outcome()
                + " acknowledged=" + decision.acknowledged()
                + " deadLettered=" + decision.deadLettered()
                + (decision.detail().isEmpty() ? "" : " detail=" + quoted(decision.detail()));
    }

    /** On one line, whatever a source or a service says. */
    private static String quoted(String text) {
        return '"' + text.replaceAll("[\\p{Cntrl}\"\\\\\u2028\u2029]", "?") + '"';
    }

    private static String counts(List<Decision> decisions) {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        decisions.forEach(decision -> counts.merge(decision.outcome(), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(count -> count.getKey() + "=" + count.getValue())
                .collect(Collectors.joining(" "));
    }
}
