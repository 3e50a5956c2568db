package io.durablesaga.testing.simulation;

import static io.durablesaga.testing.simulation.Shop.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Saga;
import io.durablesaga.result.SagaResult;
import io.durablesaga.testing.engine.RecordGate.How;
import io.durablesaga.testing.engine.RecordGate.WriteFailed;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Every write fails in every way, before it and after it, and the execution ends as if none had. */
class WriteFaultTest {
    private static final List<Consumer<Scene>> FAULTS = List.of(
            scene -> fail(How.THROTTLED),
            scene -> fail(How.CONNECTION_LOST),
            scene -> fail(How.STALE),
            WriteFaultTest::dies,
            scene -> scene.engine.kill());

    /** A saga, an engine and the world they act on. */
    private static final class Scene {
        final Trace trace = new Trace();
        final Shop shop = new Shop(trace);
        final SimulatedEngine engine = new SimulatedEngine();

        SagaResult<String> run(Saga<String, String> saga) {
            engine.gate(trace);
            engine.register(saga);
            try {
                engine.start(saga, NAME, "books");
            } catch (RuntimeException failed) {
                engine.reopen();
                engine.start(saga, NAME, "books"); // whoever is not told starts again
            }
            engine.settle();
            engine.reopen();
            engine.close();
            return Shop.result(engine, saga);
        }
    }

    @Test
    void a_saga_completes_whichever_write_fails() {
        everyFault(scene -> scene.shop.chain("a", "b", "c"), (scene, result) -> {
            assertThat(result).isInstanceOf(SagaResult.Completed.class);
            assertThat(scene.shop.effects()).containsExactly("a", "b", "c");
        });
    }

    @Test
    void a_saga_is_undone_whichever_write_fails() {
        everyFault(
                scene -> {
                    for (int attempt = 1; attempt <= 2; attempt++) {
                        scene.shop.plan("c", Shop::fail);
                    }
                    return scene.shop.chain("a", "b", "c");
                },
                (scene, result) -> {
                    assertThat(result).isInstanceOf(SagaResult.Compensated.class);
                    assertThat(scene.shop.effects()).containsExactly("a", "b", "c", "undo c", "undo b", "undo a");
                });
    }

    @Test
    void a_group_completes_whichever_write_fails() {
        everyFault(scene -> scene.shop.group(), (scene, result) -> {
            assertThat(result).isInstanceOf(SagaResult.Completed.class);
            assertThat(scene.shop.effects())
                    .containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g")
                    .containsSubsequence("b", "c")
                    .containsSubsequence("e", "f")
                    .endsWith("g");
        });
    }

    @Test
    void an_execution_that_writes_nothing_any_more_is_not_run_for_ever() {
        Scene scene = new Scene();
        scene.trace.before(write -> {
            if (write > 0) {
                fail(How.THROTTLED);
            }
        });
        assertThatThrownBy(() -> scene.run(scene.shop.chain("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("order-1")
                .hasMessageContaining("100");
    }

    @Test
    void a_start_whose_acknowledgement_is_lost_is_an_attempt() {
        Scene scene = new Scene();
        scene.trace.after(Trace.once(1, () -> fail(How.CONNECTION_LOST)));
        scene.run(scene.shop.chain("a"));

        assertThat(scene.trace.lines())
                .containsExactly(
                        "[EXECUTION order-1 STARTED 1]",
                        "[ACTION a STARTED 1]",
                        "[ACTION a STARTED 2]",
                        "a#2",
                        "[ACTION a COMPLETED 2]",
                        "[EXECUTION order-1 COMPLETED 1]");
    }

    @Test
    void a_start_that_was_not_written_is_none() {
        Scene scene = new Scene();
        scene.trace.before(Trace.once(1, () -> fail(How.CONNECTION_LOST)));
        scene.run(scene.shop.chain("a"));

        assertThat(scene.trace.lines()).contains("a#1", "[ACTION a COMPLETED 1]");
    }

    @Test
    void what_had_been_started_beside_a_write_that_fails_was_interrupted() {
        Scene scene = new Scene();
        scene.trace.before(Trace.once(2, () -> fail(How.STALE)));
        scene.run(scene.shop.group());

        assertThat(scene.trace.lines().subList(1, 6))
                .containsExactly(
                        "[ACTION all/a STARTED 1]",
                        "[ACTION all/a STARTED 2]",
                        "[ACTION all/d STARTED 1]",
                        "[ACTION all/one/b STARTED 1]",
                        "[ACTION all/two/e STARTED 1]");
    }

    private static void fail(How how) {
        throw new WriteFailed(how);
    }

    /** A fault of this kind at one write; the number of the write is counted over all processes. */
    private record Fault(int at, boolean after, Consumer<Scene> what) {
        void plan(Scene scene, AtomicBoolean fired) {
            IntConsumer event = write -> {
                if (write == at && !fired.getAndSet(true)) {
                    what.accept(scene);
                }
            };
            if (after) {
                scene.trace.after(event);
            } else {
                scene.trace.before(event);
            }
        }
    }

    private static void everyFault(
            Function<Scene, Saga<String, String>> saga, BiConsumer<Scene, SagaResult<String>> expectation) {
        Scene faultless = new Scene();
        expectation.accept(faultless, faultless.run(saga.apply(faultless)));
        for (int write = 0; write < faultless.trace.writes(); write++) {
            for (Consumer<Scene> what : FAULTS) {
                check(saga, expectation, new Fault(write, false, what));
                check(saga, expectation, new Fault(write, true, what));
            }
        }
    }

    private static void check(
            Function<Scene, Saga<String, String>> saga,
            BiConsumer<Scene, SagaResult<String>> expectation,
            Fault fault) {
        Scene scene = new Scene();
        AtomicBoolean fired = new AtomicBoolean();
        fault.plan(scene, fired);
        SagaResult<String> result = scene.run(saga.apply(scene));
        assertThat(fired).isTrue();
        assertThat(scene.trace.lines()).doesNotHaveDuplicates();
        expectation.accept(scene, result);
    }

    private static void dies(Scene scene) {
        scene.engine.kill();
        throw new IllegalStateException("died");
    }
}
