package io.durablesaga.lambda.scenario;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.lambda.scenario.Scenarios.CHARGE;
import static io.durablesaga.lambda.scenario.Scenarios.RESERVE;
import static io.durablesaga.lambda.scenario.Scenarios.saga;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import java.time.Duration;
import java.util.List;

/** A single step, and how it may fare. */
final class StepScenarios {
    private StepScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of("step", world -> reserving(world).returning(String.class, v -> v.result(RESERVE))),
                Scenario.of("step-retried", StepScenarios::retried),
                Scenario.of("step-rejected", StepScenarios::rejected),
                Scenario.of("step-failed", StepScenarios::failed),
                Scenario.of("step-interrupted", StepScenarios::rejected).interruptedAt("reserve"),
                Scenario.of("undo-retried", StepScenarios::undoRetried),
                Scenario.of("undo-interrupted", StepScenarios::rejected).interruptedAt("undo:reserve"),
                Scenario.of(
                        "capture",
                        world -> saga().capture(RESERVE, world.isCaptured())
                                .returning(String.class, v -> v.result(RESERVE))));
    }

    private static SagaBuilder<String> reserving(World world) {
        return saga().step(RESERVE, world.works(), world.undone());
    }

    private static Saga<?, ?> retried(World world) {
        return saga().step(
                        RESERVE,
                        with().retry(Retries.exponential(Duration.ofSeconds(1), 3)),
                        world.worksAt(3),
                        world.undone())
                .returning(String.class, v -> v.result(RESERVE));
    }

    private static Saga<?, ?> rejected(World world) {
        return reserving(world).step(CHARGE, world.isRejected(), world.undone()).returningNothing();
    }

    /** Whether it has happened nobody knows, so that it is undone too. */
    private static Saga<?, ?> failed(World world) {
        return reserving(world).step(CHARGE, world.fails(), world.undone()).returningNothing();
    }

    private static Saga<?, ?> undoRetried(World world) {
        return saga().step(RESERVE, world.works(), world.undoneAt(2))
                .step(CHARGE, world.isRejected(), world.undone())
                .returningNothing();
    }
}
