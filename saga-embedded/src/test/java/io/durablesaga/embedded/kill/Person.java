package io.durablesaga.embedded.kill;

import io.durablesaga.embedded.EmbeddedEngine;
import io.durablesaga.embedded.ExecutionQuery;
import io.durablesaga.embedded.ExecutionSummary;
import io.durablesaga.embedded.ExecutionSummary.State;
import io.durablesaga.embedded.kill.Entry.Direction;
import io.durablesaga.embedded.kill.Entry.Kind;
import io.durablesaga.engine.Decision;
import java.util.HashSet;
import java.util.Set;

/** Looks now and then what is parked and decides it, as fate wants. For one thread. */
final class Person {
    private final Ledger ledger;
    private final Fate fate;
    private final EmbeddedEngine engine;
    private final Set<String> seen = new HashSet<>();

    Person(Ledger ledger, Fate fate, EmbeddedEngine engine) {
        this.ledger = ledger;
        this.fate = fate;
        this.engine = engine;
    }

    /** Decides whatever is parked now. */
    void look() {
        for (ExecutionSummary parked : engine.list(ExecutionQuery.in(State.PARKED))) {
            engine.callbacks(parked.name()).stream()
                    .filter(open -> open.decision() && seen.add(open.id()))
                    .forEach(open -> decide(parked.name(), open));
        }
    }

    private void decide(String execution, EmbeddedEngine.OpenCallback open) {
        Fate.Ruling ruling = fate.ruling(execution, open.path());
        if (ruling != Fate.Ruling.NOTHING) {
            write(Kind.DECIDES, execution, open.path(), ruling.name());
            String reason = "fate wants it";
            Decision decision = ruling == Fate.Ruling.SKIP ? new Decision.Skip(reason) : new Decision.Resolved(reason);
            write(
                    Kind.DECIDED,
                    execution,
                    open.path(),
                    engine.decide(open.id(), decision).name());
        }
    }

    private void write(Kind kind, String execution, String path, String detail) {
        var unused = ledger.append(kind, Direction.UNDO, execution, path, 0, "-", detail);
    }
}
