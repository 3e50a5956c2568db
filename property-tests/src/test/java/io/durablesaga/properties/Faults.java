package io.durablesaga.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is planned to go wrong, and what has. Guarded by the world. */
final class Faults {
    private final List<Crash> planned;
    private final List<Crash> fired = new ArrayList<>();
    private int writes;

    Faults(List<Crash> planned) {
        this.planned = new ArrayList<>(planned);
    }

    List<Crash> fired() {
        return fired;
    }

    int writes() {
        return writes;
    }

    boolean inBody(Body body, int run, boolean afterEffect) {
        return fire(new Crash.InBody(body, run, afterEffect));
    }

    void nextWrite() {
        writes++;
    }

    Optional<Crash.How> atWrite(boolean before) {
        for (Crash.How how : Crash.How.values()) {
            if (how.before() == before && fire(new Crash.AtWrite(writes, how))) {
                return Optional.of(how);
            }
        }
        return Optional.empty();
    }

    private boolean fire(Crash crash) {
        return planned.remove(crash) && fired.add(crash);
    }
}
