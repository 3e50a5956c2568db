package io.durablesaga.lambda.scenario;

import static io.durablesaga.Bound.atMost;
import static io.durablesaga.lambda.scenario.Scenarios.CHARGE;
import static io.durablesaga.lambda.scenario.Scenarios.RESERVE;
import static io.durablesaga.lambda.scenario.Scenarios.SHIP;
import static io.durablesaga.lambda.scenario.Scenarios.TOGETHER;
import static io.durablesaga.lambda.scenario.Scenarios.saga;

import io.durablesaga.Bound;
import io.durablesaga.Saga;
import io.durablesaga.StepKey;
import java.time.Duration;
import java.util.List;

/** Nodes beside each other. */
final class GroupScenarios {
    private static final StepKey<String> BOOK = StepKey.of("book", String.class);
    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private GroupScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of("parallel", GroupScenarios::parallel),
                Scenario.of("parallel-rejected", GroupScenarios::parallelRejected),
                Scenario.of("parallel-branch", GroupScenarios::branch),
                Scenario.of("parallel-undone", GroupScenarios::undone),
                Scenario.of("for-each", world -> forEach(world, "items", atMost(3))),
                Scenario.of(
                        "for-each-together",
                        world -> forEach(world, TOGETHER, atMost(3).concurrently(2))),
                Scenario.of("for-each-branch", GroupScenarios::forEachBranch));
    }

    private static Saga<?, ?> parallel(World world) {
        return saga().parallel(
                        TOGETHER,
                        members -> members.step(RESERVE, world.works(), world.undone())
                                .step(CHARGE, world.works(), world.undone()))
                .returning(String.class, v -> v.result(RESERVE) + ", " + v.result(CHARGE));
    }

    private static Saga<?, ?> parallelRejected(World world) {
        return saga().parallel(
                        TOGETHER,
                        members -> members.step(RESERVE, world.works(), world.undone())
                                .step(CHARGE, world.isRejected(), world.undone()))
                .returningNothing();
    }

    private static Saga<?, ?> branch(World world) {
        return saga().parallel(
                        TOGETHER,
                        members -> members.step(RESERVE, world.works(), world.undone())
                                .branch(
                                        "payment",
                                        branch -> branch.step(CHARGE, world.works(), world.undone())
                                                .sleep("clear", A_MINUTE)
                                                .step(BOOK, world.works(), world.undone())))
                .step(SHIP, world.works(), world.undone())
                .returning(String.class, v -> v.result(RESERVE) + ", " + v.result(BOOK) + ", " + v.result(SHIP));
    }

    private static Saga<?, ?> undone(World world) {
        return saga().parallel(
                        TOGETHER,
                        members -> members.step(RESERVE, world.works(), world.undone())
                                .branch(
                                        "payment",
                                        branch -> branch.step(CHARGE, world.works(), world.undone())
                                                .step(BOOK, world.works(), world.undone()))
                                .undoInParallel())
                .step(SHIP, world.isRejected(), world.undone())
                .returningNothing();
    }

    private static Saga<?, ?> forEach(World world, String name, Bound bound) {
        return saga().forEach(
                        name,
                        bound,
                        v -> List.of("a", "b", "c"),
                        item -> item,
                        each -> each.step(RESERVE, world.works(), world.undone()))
                .returning(String.class, v -> v.results(RESERVE).toString());
    }

    private static Saga<?, ?> forEachBranch(World world) {
        return saga().forEach(
                        TOGETHER,
                        atMost(2).concurrently(2).undoingInParallel(),
                        v -> List.of("a", "b"),
                        item -> item,
                        each -> each.step(RESERVE, world.works(), world.undone())
                                .step(CHARGE, world.works(), world.undone()))
                .step(SHIP, world.isRejected(), world.undone())
                .returningNothing();
    }
}
