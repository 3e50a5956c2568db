package io.durablesaga.lambda.scenario;

import static io.durablesaga.Polling.every;
import static io.durablesaga.Within.within;
import static io.durablesaga.lambda.scenario.Scenarios.CHARGE;
import static io.durablesaga.lambda.scenario.Scenarios.RESERVE;
import static io.durablesaga.lambda.scenario.Scenarios.saga;

import io.durablesaga.Notification;
import io.durablesaga.Saga;
import io.durablesaga.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What waits for time, or for somebody outside. */
final class WaitScenarios {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private WaitScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of("sleep", WaitScenarios::sleep),
                Scenario.of("poll", WaitScenarios::poll),
                Scenario.of("poll-runs-out", WaitScenarios::pollRunsOut),
                Scenario.of("await", WaitScenarios::await).answered("\"yes\""),
                Scenario.of("await-times-out", WaitScenarios::awaitTimesOut),
                Scenario.of("invoke", WaitScenarios::invoke).withFunction("charge", "\"paid\""),
                Scenario.of("invoke-failed", WaitScenarios::invokeUndone).withBrokenFunction("charge"));
    }

    private static Saga<?, ?> sleep(World world) {
        return saga().sleep("clear", A_MINUTE)
                .step(RESERVE, world.works(), world.undone())
                .returningNothing();
    }

    private static Saga<?, ?> poll(World world) {
        return saga().poll(RESERVE, every(A_MINUTE, 5), s -> look(world, s, 3))
                .returning(String.class, v -> v.result(RESERVE));
    }

    private static Saga<?, ?> pollRunsOut(World world) {
        return saga().poll(RESERVE, every(A_MINUTE, 2).orElse("nothing"), s -> look(world, s, 3))
                .returning(String.class, v -> v.result(RESERVE));
    }

    private static Optional<String> look(World world, Scope<?> s, int findsAt) {
        world.attempt(s.path(), s.attempt());
        return s.attempt() < findsAt ? Optional.empty() : Optional.of("found");
    }

    private static Saga<?, ?> await(World world) {
        return saga().await(RESERVE, within(Duration.ofDays(2)).heartbeat(AN_HOUR), sent(world), world.undone())
                .returning(String.class, v -> v.result(RESERVE));
    }

    private static Saga<?, ?> awaitTimesOut(World world) {
        return saga().await(RESERVE, within(AN_HOUR).orElse("nobody"), sent(world), world.undone())
                .returning(String.class, v -> v.result(RESERVE));
    }

    private static <S extends Scope<?>> Notification<S> sent(World world) {
        return (s, callback) -> world.attempt(s.path(), s.attempt());
    }

    private static Saga<?, ?> invoke(World world) {
        return saga().invoke(CHARGE, "charge:1", v -> v.input(), world.undone())
                .returning(String.class, v -> v.result(CHARGE));
    }

    private static Saga<?, ?> invokeUndone(World world) {
        return saga().step(RESERVE, world.works(), world.undone())
                .invoke(CHARGE, "charge:1", v -> v.input(), world.undone())
                .returningNothing();
    }
}
