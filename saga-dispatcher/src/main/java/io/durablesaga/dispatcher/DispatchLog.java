package io.durablesaga.dispatcher;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each batch, and one for each record at debug, as {@code key=value}. A record that is put away or given up, acknowledged
 * or not, is a line at warn. Nothing of what records say is in them, but for business keys in names.
 */
final class DispatchLog {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final String scope;

    DispatchLog(String scope) {
        this.scope = scope;
    }

    void told(List<Decision> decisions, Duration took) {
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

    private static boolean worthAWarning(Decision decision) {
        return switch (decision.outcome()) {
            case ENDED, FORGOTTEN, CONFLICT, POISON, REFUSED -> true;
            case ACCEPTED, DUPLICATE, COMPENSATED, THROTTLED, FAILED, NOT_REACHED -> false;
        };
    }

    private String line(Decision decision) {
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
