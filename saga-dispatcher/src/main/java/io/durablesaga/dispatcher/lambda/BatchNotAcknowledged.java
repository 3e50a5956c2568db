package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.Decision;
import io.durablesaga.dispatcher.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Records are to be delivered again, and to fail the invocation is the only way to say so: the source takes no list of them, or one of
 * them has no identifier, and a list with an identifier that a source does not know is read as a failure of all.
 *
 * <p>Thrown when all records of the event are decided. Those that were started come again with the others, and are found to be
 * duplicates then.
 */
public final class BatchNotAcknowledged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BatchNotAcknowledged(List<Decision> decisions, String why) {
        super(text(decisions, why), null, false, false); // it has no place that says more than its text
    }

    private static String text(List<Decision> decisions, String why) {
        Map<Outcome, Integer> returned = new EnumMap<>(Outcome.class);
        for (Decision decision : decisions) {
            if (!decision.acknowledged()) {
                returned.merge(decision.outcome(), 1, Integer::sum);
            }
        }
        int all = returned.values().stream().mapToInt(Integer::intValue).sum();
        return all + " of " + decisions.size() + " records are to be delivered again, " + returned + "; " + why;
    }
}
