package io.durablesaga.properties.mutants;

import java.util.List;
import java.util.stream.Stream;

/** Every mutant there is. */
final class Mutants {
    private Mutants() {}

    static List<Mutant> all() {
        return Stream.of(
                        ExecutorMutants.ALL,
                        UnwindMutants.ALL,
                        SimulationMutants.ALL,
                        EmbeddedMutants.ALL,
                        SagaMutants.ALL)
                .flatMap(List::stream)
                .toList();
    }
}
