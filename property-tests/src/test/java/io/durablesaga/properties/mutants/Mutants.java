package io.durablesaga.properties.mutants;

import io.durablesaga.testing.engine.EngineProvider;
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
                        EngineProvider.all().isEmpty() ? List.<Mutant>of() : LambdaMutants.ALL,
                        DispatcherMutants.ALL,
                        SagaMutants.ALL)
                .flatMap(List::stream)
                .toList();
    }
}
