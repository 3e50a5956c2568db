package io.durablesaga.properties;

import java.util.List;

/** A random saga, with what fails in it, and the crashes that its run is to survive. */
record Plan(SagaSpec saga, List<Crash> crashes) {
    Plan {
        crashes = List.copyOf(crashes);
    }

    @Override
    public String toString() {
        return saga + (crashes.isEmpty() ? ", no crash" : ", " + crashes);
    }
}
