package io.durablesaga.embedded;

import static io.durablesaga.Bound.atMost;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.StepOptions;
import io.durablesaga.Within;
import io.durablesaga.engine.CallbackAnswer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups wider than the pool, which is what a pool may never hang on. */
class FewThreadsTest extends EngineTest {
    private static final int WIDE = 8;
    private static final Duration HOUR = Duration.ofHours(1);

    private EmbeddedEngine engine(int threads) {
        return inMemory(builder -> builder.threads(threads));
    }

    private static StepKey<String> key(String name, int i) {
        return StepKey.of(name + "-" + i, String.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void plain_members_that_all_wait_for_a_retry_are_all_started(int threads) {
        EmbeddedEngine engine = engine(threads);
        AtomicInteger attempts = new AtomicInteger();
        SagaBuilder<String> saga = saga("retries");
        saga.parallel(
                "all",
                members -> IntStream.range(0, WIDE)
                        .forEach(i -> members.step(
                                key("step", i),
                                StepOptions.with().retry(Retries.every(HOUR, 2)),
                                s -> {
                                    attempts.incrementAndGet();
                                    if (s.attempt() == 1) {
                                        throw new IllegalStateException("later");
                                    }
                                    return "did";
                                },
                                none())));
        Saga<String, ?> wide = saga.returningNothing();
        engine.register(wide);
        Execution<?> execution = engine.start(wide, "one", "x");

        engine.awaitIdle();
        assertThat(attempts).hasValue(WIDE);
        clock.advance(HOUR);
        completed(execution);
        assertThat(attempts).hasValue(2 * WIDE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void branches_that_all_sleep_are_all_started(int threads) {
        EmbeddedEngine engine = engine(threads);
        AtomicInteger started = new AtomicInteger();
        SagaBuilder<String> saga = saga("sleeps");
        saga.parallel(
                "all",
                members -> IntStream.range(0, WIDE)
                        .forEach(i -> members.branch(
                                "branch-" + i,
                                branch -> branch.sleep("nap-" + i, HOUR)
                                        .step(key("step", i), s -> "did " + started.incrementAndGet(), none()))));
        Saga<String, ?> wide = saga.returningNothing();
        engine.register(wide);
        Execution<?> execution = engine.start(wide, "one", "x");

        engine.awaitIdle();
        clock.advance(HOUR);
        completed(execution);
        assertThat(started).hasValue(WIDE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void branches_within_branches_that_sleep_are_all_started(int threads) {
        EmbeddedEngine engine = engine(threads);
        AtomicInteger started = new AtomicInteger();
        SagaBuilder<String> saga = saga("nested");
        saga.parallel(
                "outer",
                outer -> IntStream.range(0, 3)
                        .forEach(i -> outer.branch(
                                "outer-" + i,
                                branch -> branch.sleep("nap-" + i, HOUR)
                                        .parallel(
                                                "inner-" + i,
                                                inner -> IntStream.range(0, 3)
                                                        .forEach(j -> inner.branch(
                                                                "inner-" + i + j,
                                                                b -> b.sleep("deep-" + i + j, HOUR)
                                                                        .step(
                                                                                key("step-" + i, j),
                                                                                s -> "did " + started.incrementAndGet(),
                                                                                none())))))));
        Saga<String, ?> wide = saga.returningNothing();
        engine.register(wide);
        Execution<?> execution = engine.start(wide, "one", "x");

        engine.awaitIdle();
        clock.advance(HOUR);
        engine.awaitIdle();
        clock.advance(HOUR);
        completed(execution);
        assertThat(started).hasValue(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void items_at_once_that_wait_for_callbacks_are_all_sent(int threads) {
        EmbeddedEngine engine = engine(threads);
        List<String> items = IntStream.range(0, WIDE).mapToObj(i -> "item" + i).toList();
        Saga<String, String> wide = saga("callbacks")
                .forEach(
                        "items",
                        atMost(WIDE).concurrently(WIDE),
                        v -> items,
                        item -> item,
                        body -> body.await(A, Within.within(HOUR), (s, id) -> {}, none()))
                .returning(String.class, v -> v.results(A).values().stream().collect(Collectors.joining()));
        engine.register(wide);
        Execution<String> execution = engine.start(wide, "one", "x");

        engine.awaitIdle();
        List<EmbeddedEngine.OpenCallback> open = engine.callbacks("one");
        assertThat(open).hasSize(WIDE);
        open.forEach(callback ->
                assertThat(engine.completeCallback(callback.id(), "\"y\"")).isEqualTo(CallbackAnswer.ACCEPTED));
        assertThat(completed(execution)).isEqualTo("y".repeat(WIDE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void many_executions_that_all_sleep_in_branches_hold_no_place(int threads) {
        EmbeddedEngine engine = engine(threads);
        Saga<String, String> two = saga("two")
                .parallel(
                        "both",
                        members -> members.branch(
                                        "left", b -> b.sleep("left-nap", HOUR).step(A, s -> "a", none()))
                                .branch("right", b -> b.sleep("right-nap", HOUR).step(B, s -> "b", none())))
                .returning(String.class, v -> v.result(A) + v.result(B));
        engine.register(two);
        List<Execution<String>> executions = IntStream.range(0, 200)
                .mapToObj(i -> engine.start(two, "n" + i, "x"))
                .toList();

        engine.awaitIdle();
        clock.advance(HOUR);
        executions.forEach(execution -> assertThat(completed(execution)).isEqualTo("ab"));
    }
}
