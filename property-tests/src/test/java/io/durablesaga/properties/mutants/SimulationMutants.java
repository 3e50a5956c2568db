package io.durablesaga.properties.mutants;

import static io.durablesaga.properties.mutants.Patch.ofSimulation;

import java.util.List;

/** What could be wrong in an engine, done to the simulated one. */
final class SimulationMutants {
    static final List<Mutant> ALL = List.of(
            Mutant.of(
                    "undo run again",
                    "an incarnation does not take an undo's outcome from its record",
                    ofSimulation(
                            "Operation",
                            "if (record != null && record.outcome() != null) {",
                            "if (record != null && record.outcome() != null && kind != Kind.UNDO) {"),
                    Play.CHAIN),
            Mutant.of(
                    "zombie not fenced",
                    "a superseded incarnation may still write",
                    ofSimulation(
                            "Incarnation",
                            "if (isSuperseded()) {\n            throw",
                            "if (false) {\n            throw"),
                    Play.CHAIN_ZOMBIES));

    private SimulationMutants() {}
}
