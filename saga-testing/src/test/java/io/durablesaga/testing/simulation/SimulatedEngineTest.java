package io.durablesaga.testing.simulation;

import static io.durablesaga.Undo.nothingToUndo;
import static io.durablesaga.testing.simulation.Shop.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Bound;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.SagaDefinitionException;
import io.durablesaga.StepKey;
import io.durablesaga.Within;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the contract leaves open and this engine promises. */
class SimulatedEngineTest {
    private static final StepKey<String> A = StepKey.of("a", String.class);
    private static final StepKey<String> B = StepKey.of("b", String.class);
    private static final StepKey<String> C = StepKey.of("c", String.class);

    private final Trace trace = new Trace();
    private final Shop shop = new Shop(trace);
    private final SimulatedEngine engine = new SimulatedEngine();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void a_definition_that_ends_before_what_was_recorded_halts() {
        Saga<String, String> old = saga().step(A, shop.does("a"), shop.undoes("a"))
                .sleep("nap", Duration.ofSeconds(10))
                .returning(String.class, s -> s.result(A));
        start(old);
        Saga<String, String> shorter =
                saga().step(A, shop.does("a"), shop.undoes("a")).returning(String.class, s -> s.result(A));
        engine.register(shorter);
        engine.advance(Duration.ofSeconds(10));

        assertThat(engine.status(shorter, NAME))
                .isInstanceOfSatisfying(
                        SagaStatus.Halted.class,
                        halted -> assertThat(halted.reason()).contains("SLEEP 'nap'", "no longer reaches"));
        engine.register(old);
        engine.settle();
        assertThat(Shop.result(engine, old)).isInstanceOf(SagaResult.Completed.class);
    }

    @Test
    void an_answer_from_a_body_that_runs_while_its_callback_is_waited_for_is_heard_at_once() {
        Saga<String, String> saga = saga().parallel(
                        "all",
                        all -> all.branch(
                                        "asks",
                                        asks -> asks.await(
                                                A,
                                                Within.within(Duration.ofDays(1)),
                                                (s, id) -> {},
                                                nothingToUndo("a question")))
                                .branch(
                                        "answers",
                                        answers -> answers.step(B, shop.does("b"), shop.undoes("b"))
                                                .step(C, shop.does("c"), shop.undoes("c"))))
                .returning(String.class, s -> s.result(A));
        shop.plan("c", () -> engine.complete(engine.callbacks(NAME).get("all/asks/a"), "yes"));
        start(saga);

        assertThat(Shop.result(engine, saga)).isEqualTo(new SagaResult.Completed<>("order", "yes"));
    }

    @Test
    void a_duration_is_never_shortened_to_whole_milliseconds() {
        Saga<String, String> saga =
                saga().sleep("nap", Duration.ofNanos(1_000_001)).returning(String.class, s -> "awake");
        start(saga);
        Instant started = engine.now();
        engine.advance(Duration.ofMillis(1));
        assertThat(engine.status(saga, NAME)).isEqualTo(new SagaStatus.Waiting<>(started.plusMillis(2)));
        engine.advance(Duration.ofMillis(1));

        assertThat(Shop.result(engine, saga)).isInstanceOf(SagaResult.Completed.class);
    }

    @Test
    void a_process_that_has_been_killed_starts_nothing() {
        Saga<String, String> saga = shop.chain("a");
        engine.register(saga);
        engine.kill();
        assertThatThrownBy(() -> engine.start(saga, NAME, "books"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("reopen");
        engine.settle();
        engine.reopen();
        assertThatThrownBy(() -> engine.id(NAME)).hasMessageContaining(NAME);

        start(saga);
        assertThat(shop.effects()).containsExactly("a");
    }

    @Test
    void an_invoked_saga_that_is_not_known_yet_runs_when_it_is() {
        Saga<String, String> saga = saga().invoke(A, "chain", s -> s.input(), nothingToUndo("a chain"))
                .returning(String.class, s -> s.result(A));
        start(saga);
        assertThat(engine.status(saga, NAME)).isEqualTo(new SagaStatus.Waiting<>(null));
        engine.register(shop.chain("b"));
        engine.settle();

        assertThat(Shop.result(engine, saga)).isEqualTo(new SagaResult.Completed<>("order", "done"));
    }

    @Test
    void an_execution_that_has_ended_has_no_open_callbacks() {
        Saga<String, String> saga = saga().await(
                        A, Within.within(Duration.ofDays(1)), (s, id) -> Shop.fail(), nothingToUndo("a question"))
                .returning(String.class, s -> s.result(A));
        start(saga);

        assertThat(Shop.result(engine, saga)).isInstanceOf(SagaResult.Compensated.class);
        assertThat(engine.callbacks(NAME)).isEmpty();
    }

    @Test
    void a_saga_that_may_take_more_than_a_million_operations_is_refused() {
        Saga<String, String> saga = saga().forEach(
                        "many",
                        Bound.atMost(600_000),
                        s -> List.<String>of(),
                        item -> item,
                        item -> item.step(A, s -> "done", nothingToUndo("nothing"))
                                .step(B, s -> "done", nothingToUndo("nothing")))
                .returning(String.class, s -> "done");

        assertThatThrownBy(() -> engine.register(saga))
                .isInstanceOf(SagaDefinitionException.class)
                .hasMessageContaining("1000000");
    }

    private static SagaBuilder<String> saga() {
        return SagaBuilder.saga("order", String.class);
    }

    private void start(Saga<String, ?> saga) {
        engine.register(saga);
        engine.start(saga, NAME, "books");
        engine.settle();
    }
}
