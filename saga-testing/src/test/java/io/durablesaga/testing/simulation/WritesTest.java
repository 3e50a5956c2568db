package io.durablesaga.testing.simulation;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.nothingToUndo;
import static io.durablesaga.testing.simulation.Shop.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Polling;
import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.Within;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is written, and when: the gate sees each of these by itself, in this order. */
class WritesTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final StepKey<String> A = StepKey.of("a", String.class);
    private static final StepKey<String> B = StepKey.of("b", String.class);

    private final Trace trace = new Trace();
    private final Shop shop = new Shop(trace);
    private final SimulatedEngine engine = new SimulatedEngine();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void every_start_and_every_outcome_is_a_write_of_its_own() {
        shop.plan("b", Shop::fail);
        run(shop.chain("a", "b"));

        assertThat(trace.lines())
                .containsExactly(
                        "[EXECUTION order-1 STARTED 1]",
                        "[ACTION a STARTED 1]",
                        "a#1",
                        "[ACTION a COMPLETED 1]",
                        "[ACTION b STARTED 1]",
                        "b#1",
                        "[ACTION b FAILED 1]",
                        "[UNDO undo:b STARTED 1]",
                        "undo b#1",
                        "[UNDO undo:b COMPLETED 1]",
                        "[UNDO undo:a STARTED 1]",
                        "undo a#1",
                        "[UNDO undo:a COMPLETED 1]",
                        "[EXECUTION order-1 FAILED 1]");
    }

    @Test
    void a_retry_is_a_write_and_so_is_each_start() {
        shop.plan("a", Shop::fail);
        run(saga().step(A, with().retry(Retries.every(TEN_SECONDS, 2)), shop.does("a"), shop.undoes("a"))
                .returning(String.class, s -> s.result(A)));
        engine.advance(TEN_SECONDS);

        assertThat(trace.lines().subList(1, 7))
                .containsExactly(
                        "[ACTION a STARTED 1]",
                        "a#1",
                        "[ACTION a RETRY 1]",
                        "[ACTION a STARTED 2]",
                        "a#2",
                        "[ACTION a COMPLETED 2]");
    }

    @Test
    void what_only_reads_writes_no_start() {
        run(saga().capture(A, s -> "read")
                .poll(B, Polling.every(TEN_SECONDS, 2), s -> s.attempt() == 1 ? Optional.empty() : Optional.of("seen"))
                .returning(String.class, s -> s.result(B)));
        engine.advance(TEN_SECONDS);

        assertThat(trace.lines())
                .containsExactly(
                        "[EXECUTION order-1 STARTED 1]",
                        "[CAPTURE a COMPLETED 1]",
                        "[POLL b AGAIN 1]",
                        "[POLL b COMPLETED 2]",
                        "[EXECUTION order-1 COMPLETED 1]");
    }

    @Test
    void what_waits_writes_its_beginning_and_its_end() {
        run(saga().sleep("nap", TEN_SECONDS)
                .await(A, Within.within(TEN_SECONDS), (s, id) -> trace.add("sent"), nothingToUndo("a question"))
                .returning(String.class, s -> s.result(A)));
        engine.advance(TEN_SECONDS);
        engine.complete(engine.callbacks(NAME).get("a"), "yes");
        engine.settle();

        assertThat(trace.lines())
                .containsExactly(
                        "[EXECUTION order-1 STARTED 1]",
                        "[SLEEP nap OPENED 1]",
                        "[SLEEP nap COMPLETED 1]",
                        "[CALLBACK await:a OPENED 1]",
                        "[ACTION a STARTED 1]",
                        "sent",
                        "[ACTION a COMPLETED 1]",
                        "[CALLBACK await:a COMPLETED 1]",
                        "[EXECUTION order-1 COMPLETED 1]");
    }

    @Test
    void an_invoked_execution_starts_with_the_write_that_invokes_it() {
        engine.register(shop.chain("x"));
        run(saga().invoke(A, "chain", s -> s.input(), nothingToUndo("a chain")).returning(String.class, s -> "done"));

        assertThat(trace.lines()).hasSize(8);
        assertThat(trace.lines().get(1)).matches("\\[INVOKE a OPENED 1, EXECUTION a-[0-9a-f-]+ STARTED 1]");
        assertThat(trace.lines().get(5)).matches("\\[EXECUTION a-[0-9a-f-]+ COMPLETED 1]");
        assertThat(trace.lines()).endsWith("[INVOKE a COMPLETED 1]", "[EXECUTION order-1 COMPLETED 1]");
    }

    @Test
    void an_input_that_is_refused_starts_and_ends_with_one_write() {
        Saga<String, String> saga = saga().validate(input -> Shop.fail())
                .step(A, shop.does("a"), shop.undoes("a"))
                .returning(String.class, s -> s.result(A));
        run(saga);

        assertThat(Shop.result(engine, saga)).isInstanceOf(SagaResult.Compensated.class);
        assertThat(trace.lines()).containsExactly("[EXECUTION order-1 STARTED 1, EXECUTION order-1 FAILED 1]");
    }

    @Test
    void a_definition_that_does_not_match_writes_nothing_but_that_it_halts() {
        run(saga().sleep("nap", TEN_SECONDS).returning(String.class, s -> "done"));
        engine.register(saga().step(A, shop.does("a"), shop.undoes("a")).returning(String.class, s -> s.result(A)));
        engine.advance(TEN_SECONDS);

        assertThat(trace.lines()).containsExactly("[EXECUTION order-1 STARTED 1]", "[SLEEP nap OPENED 1]", "[]");
    }

    private static SagaBuilder<String> saga() {
        return SagaBuilder.saga("order", String.class);
    }

    private void run(Saga<String, ?> saga) {
        engine.gate(trace);
        engine.register(saga);
        engine.start(saga, NAME, "books");
        engine.settle();
    }
}
