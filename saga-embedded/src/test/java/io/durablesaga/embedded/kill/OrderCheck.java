package io.durablesaga.embedded.kill;

import io.durablesaga.embedded.kill.Entry.Direction;
import io.durablesaga.embedded.kill.Trail.Attempt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Whether the steps of one execution ran in the order of its shape, and were undone in the reverse. */
final class OrderCheck {
    private final String execution;
    private final Direction direction;
    private final Function<Shape.Effect, List<Attempt>> attempts;
    private final List<Violation> violations = new ArrayList<>();

    private OrderCheck(String execution, Direction direction, Function<Shape.Effect, List<Attempt>> attempts) {
        this.execution = execution;
        this.direction = direction;
        this.attempts = attempts;
    }

    static List<Violation> of(
            String execution, Direction direction, Shape shape, Function<Shape.Effect, List<Attempt>> attempts) {
        OrderCheck check = new OrderCheck(execution, direction, attempts);
        var unused = check.within(shape);
        return check.violations;
    }

    /** Checks what is inside, and yields all attempts of it. */
    private List<Attempt> within(Shape shape) {
        if (shape instanceof Shape.Effect effect) {
            return attempts.apply(effect);
        }
        boolean ordered = shape instanceof Shape.Sequence
                || (shape instanceof Shape.Together together
                        && direction == Direction.UNDO
                        && !together.undoneTogether());
        List<Shape> parts = new ArrayList<>(shape.parts());
        if (direction == Direction.UNDO) {
            Collections.reverse(parts);
        }
        List<Attempt> before = new ArrayList<>();
        for (Shape part : parts) {
            List<Attempt> now = within(part);
            if (ordered) {
                requireOver(before, now);
            }
            before.addAll(now);
        }
        return before;
    }

    private void requireOver(List<Attempt> before, List<Attempt> now) {
        for (Attempt later : now) {
            for (Attempt earlier : before) {
                if (!earlier.overBefore(later.begin())) {
                    violations.add(Violation.outOfOrder(
                            execution,
                            direction + " of " + later.begin().path() + " at "
                                    + later.begin().position() + " began before that of "
                                    + earlier.begin().path() + " was over"));
                    return;
                }
            }
        }
    }
}
