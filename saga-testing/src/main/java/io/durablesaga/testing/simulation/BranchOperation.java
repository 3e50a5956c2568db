package io.durablesaga.testing.simulation;

import io.durablesaga.engine.Operations;
import io.durablesaga.engine.Operations.Joined;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A line of control beside others; records nothing itself. */
final class BranchOperation extends Operation<Joined> {
    private final Line inside;

    BranchOperation(Line line, String position, String name, boolean replaying, Consumer<Operations> body) {
        super(line, position, Kind.EXECUTION, name);
        this.inside = new Line(
                incarnation,
                position + ".",
                replaying,
                branch -> incarnation.turns().line(() -> {
                    body.accept(branch);
                    incarnation.tell();
                    finish(Joined.JOINED);
                }));
    }

    @Override
    void proceed(@Nullable OperationRecord recorded) {}

    @Override
    boolean fresh() {
        return !inside.replaying();
    }
}
