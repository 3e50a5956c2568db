package io.durablesaga.testing.rehearsal;

import io.durablesaga.ItemScope;
import io.durablesaga.Node;
import io.durablesaga.StepOptions;
import io.durablesaga.Undo;
import io.durablesaga.testing.fault.Schedule;
import io.durablesaga.testing.rehearsal.Tally.Attempt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run that is over.
 *
 * @param subject what it was about
 * @param schedule what was to go wrong
 * @param tally what happened to each operation
 * @param order where steps stand
 * @param violations what has been found to be wrong so far
 */
record Evidence(Subject<?, ?, ?> subject, Schedule schedule, Tally tally, Order order, List<Violation> violations) {
    private static final int NEVER = -1;

    /** Something did not hold. */
    void violate(String invariant, String text) {
        violations.add(Violation.of(invariant, text));
    }

    /** Something is otherwise than it must be. */
    void violate(String invariant, String text, @Nullable String expected, @Nullable String actual) {
        violations.add(new Violation(invariant, text, expected, actual));
    }

    StepOptions options(String path) {
        return options(order.node(path).orElse(null));
    }

    static StepOptions options(@Nullable Node node) {
        if (node instanceof Node.Step step) {
            return step.options();
        }
        if (node instanceof Node.Capture capture) {
            return capture.options();
        }
        return node instanceof Node.Await await ? await.options() : StepOptions.DEFAULT;
    }

    @Nullable
    Undo<ItemScope<Object, Object>, Object> undo(String path) {
        return undo(order.node(path).orElse(null));
    }

    static @Nullable Undo<ItemScope<Object, Object>, Object> undo(@Nullable Node node) {
        if (node instanceof Node.Step step) {
            return step.undo();
        }
        if (node instanceof Node.Invoke invoke) {
            return invoke.undo();
        }
        return node instanceof Node.Await await ? await.undo() : null;
    }

    /** When the first undo began; later than everything if none did. */
    int firstUndo() {
        return tally.undos().stream().mapToInt(this::firstBegan).min().orElse(Integer.MAX_VALUE);
    }

    /** When the first attempt began, or before everything if none did. */
    int firstBegan(String operation) {
        List<Attempt> attempts = tally.attempts(operation);
        return attempts.isEmpty() ? NEVER : attempts.get(0).began;
    }

    /** When it first had its effect, or before everything if it never had. */
    int firstEffect(String operation) {
        return tally.firstEffect(operation).orElse(NEVER);
    }

    boolean undone(String path) {
        return tally.firstEffect(Tally.undoOf(path)).isPresent();
    }
}
