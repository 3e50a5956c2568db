package io.durablesaga.lambda.scenario;

import static io.durablesaga.Parking.park;
import static io.durablesaga.Undo.undo;
import static io.durablesaga.UndoOptions.undoing;
import static io.durablesaga.lambda.scenario.Scenarios.CHARGE;
import static io.durablesaga.lambda.scenario.Scenarios.RESERVE;
import static io.durablesaga.lambda.scenario.Scenarios.SHIP;
import static io.durablesaga.lambda.scenario.Scenarios.saga;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.UndoOptions;
import io.durablesaga.engine.Decision;
import io.durablesaga.engine.Decisions;
import io.durablesaga.lambda.byhand.OnTheLibrary;
import java.time.Duration;
import java.util.List;

/** Ways that a saga takes, and how it comes to its end. */
final class EndScenarios {
    private static final String RETRY = Decisions.write(new Decision.Retry());
    private static final String RESOLVED = Decisions.write(new Decision.Resolved("by hand"));
    private static final UndoOptions ONCE = undoing().retry(Retries.none());
    private static final int NEVER = Integer.MAX_VALUE;

    private EndScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of("when", EndScenarios::when),
                Scenario.of("otherwise", EndScenarios::when).input("\"toys\""),
                Scenario.of("nested", EndScenarios::nested),
                Scenario.of("parked-step-retried", EndScenarios::pivot).answered(RETRY),
                Scenario.of("parked-step-resolved", EndScenarios::brokenAfterPivot)
                        .answered(RESOLVED),
                Scenario.of("parked-undo-resolved", EndScenarios::parkedUndo).answered(RESOLVED),
                Scenario.of("lambda-throws", EndScenarios::lambdaThrows),
                Scenario.of("stuck", EndScenarios::stuck),
                Scenario.of("purchase-completed", world -> OnTheLibrary.saga(new Shop(world, false)))
                        .input(Shop.PURCHASE),
                Scenario.of("purchase-undone", world -> OnTheLibrary.saga(new Shop(world, true)))
                        .input(Shop.PURCHASE));
    }

    private static Saga<?, ?> when(World world) {
        return saga().when(
                        "readable",
                        v -> v.input().equals("books"),
                        then -> then.step(RESERVE, world.works(), world.undone()),
                        otherwise -> otherwise.step(CHARGE, world.works(), world.undone()))
                .returning(String.class, v -> v.find(RESERVE).orElse("nothing"));
    }

    private static Saga<?, ?> nested(World world) {
        Saga<String, String> inner = SagaBuilder.saga("inner", String.class)
                .step(RESERVE, world.works(), world.undone())
                .returning(String.class, v -> v.result(RESERVE));
        return saga().saga(CHARGE, inner, v -> v.input()).returning(String.class, v -> v.result(CHARGE));
    }

    private static Saga<?, ?> pivot(World world) {
        return saga().step(RESERVE, world.works(), world.undone())
                .pivot()
                .step(SHIP, world.worksOnceAnswered())
                .returning(String.class, v -> v.result(SHIP));
    }

    private static Saga<?, ?> brokenAfterPivot(World world) {
        return saga().step(RESERVE, world.works(), world.undone())
                .pivot(park(Duration.ofDays(2)))
                .step(CHARGE, world.isRejected())
                .step(SHIP, world.works())
                .returning(String.class, v -> v.result(SHIP));
    }

    private static Saga<?, ?> parkedUndo(World world) {
        return saga().step(RESERVE, world.works(), world.undone())
                .step(
                        CHARGE,
                        world.works(),
                        undo(ONCE.onStuck(park(Duration.ofDays(2))), (s, effect) -> world.undoes(s, NEVER)))
                .step(SHIP, world.isRejected(), world.undone())
                .returningNothing();
    }

    private static Saga<?, ?> lambdaThrows(World world) {
        return saga().step(RESERVE, world.works(), world.undone())
                .when(
                        "readable",
                        v -> {
                            throw new IllegalArgumentException("neither nor");
                        },
                        then -> then.step(CHARGE, world.works(), world.undone()))
                .returningNothing();
    }

    private static Saga<?, ?> stuck(World world) {
        return saga().step(RESERVE, world.works(), world.undone())
                .step(CHARGE, world.works(), undo(ONCE, (s, effect) -> world.undoes(s, NEVER)))
                .step(SHIP, world.isRejected(), world.undone())
                .returningNothing();
    }
}
