package io.durablesaga.lambda.costs;

import io.durablesaga.lambda.scenario.Run;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an execution uses.
 *
 * @param operations how many it has recorded
 * @param metered how many count: one more for each retry and each further look
 * @param checkpoints how many calls have written, at the most: updates that come at the same time share one
 * @param invocations how often its function was invoked
 */
record Cost(int operations, int metered, int checkpoints, int invocations) {
    /** What the numbers are, in this order. */
    static final List<String> UNITS = List.of("operations", "metered", "checkpoints", "invocations");

    static Cost of(Run run) {
        return new Cost(
                run.end().operations().size(),
                run.end().metered(),
                run.checkpoints().stream()
                        .mapToInt(call -> call.changes().size())
                        .sum(),
                run.end().invocations());
    }

    List<Integer> numbers() {
        return List.of(operations, metered, checkpoints, invocations);
    }

    /** In what it is more than another, in words. */
    List<String> more(Cost other) {
        return IntStream.range(0, UNITS.size())
                .filter(i -> numbers().get(i) > other.numbers().get(i))
                .mapToObj(i -> numbers().get(i) + " " + UNITS.get(i) + " instead of "
                        + other.numbers().get(i))
                .toList();
    }
}
