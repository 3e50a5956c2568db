package io.durablesaga.lambda.scenario;

import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import java.util.List;
import java.util.stream.Stream;

/** All scenarios. */
public final class Scenarios {
    /** In the name of every operation that runs beside others, and of no other: of these, either may come first. */
    public static final String TOGETHER = "together";

    static final StepKey<String> RESERVE = StepKey.of("reserve", String.class);
    static final StepKey<String> CHARGE = StepKey.of("charge", String.class);
    static final StepKey<String> SHIP = StepKey.of("ship", String.class);

    private Scenarios() {}

    /** One for everything that a saga can have. */
    public static List<Scenario> all() {
        return Stream.of(StepScenarios.all(), GroupScenarios.all(), WaitScenarios.all(), EndScenarios.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The one of this name. */
    public static Scenario named(String name) {
        return all().stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no scenario '" + name + "'"));
    }

    static SagaBuilder<String> saga() {
        return SagaBuilder.saga("saga", String.class);
    }
}
