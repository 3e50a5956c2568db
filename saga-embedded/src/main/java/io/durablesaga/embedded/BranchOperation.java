package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.RecordRow;
import io.durablesaga.engine.Operations;
import io.durablesaga.engine.Operations.Joined;
import java.util.function.Consumer;

/** A line of control beside others; records nothing itself. */
final class BranchOperation extends Operation<Joined> {
    private final Line inside;
    private final Consumer<Operations> body;

    BranchOperation(Line line, String position, String name, Line inside, Consumer<Operations> body) {
        super(line, position, RecordRow.Kind.EXECUTION, name);
        this.inside = inside;
        this.body = body;
    }

    @Override
    void proceed() {
        body.accept(inside);
        line.incarnation.crew().finish(this, Joined.JOINED, !inside.replaying());
    }
}
