package io.durablesaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.Undo;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import io.durablesaga.result.SagaStatus;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Bodies and definitions that go wrong: one execution is concerned, and nothing is lost. */
class BadBodyTest extends EngineTest {
    private final Queue<String> undone = new ConcurrentLinkedQueue<>();

    /** What may be ordered, once with an amount that is a number and once with one that is a text. */
    record Order(int amount) {}

    record LaterOrder(List<String> amount) {}

    /** Cannot be written. */
    record Unwritable(String text) {
        @SuppressWarnings("unused") // what Jackson calls
        public String getOther() {
            return text.substring(100);
        }
    }

    @Test
    void an_error_in_a_body_is_a_failure_of_that_step_and_of_nothing_else() {
        EmbeddedEngine engine = open(builder -> builder.threads(1));
        Saga<String, String> echo = echo("echo");
        engine.register(echo);
        for (Error error : List.of(
                new OutOfMemoryError("no room"),
                new AssertionError("wrong"),
                new StackOverflowError("too deep"),
                new NoClassDefFoundError("gone"),
                new ThreadDeathLike())) {
            Saga<String, ?> saga = saga("erring")
                    .step(A, s -> "a", Undo.undo((s, effect) -> undone.add("a")))
                    .step(
                            B,
                            s -> {
                                throw error;
                            },
                            Undo.undo((s, effect) -> undone.add("b")))
                    .returningNothing();
            engine.register(saga);
            String name = error.getClass().getSimpleName();
            SagaResult<?> result = ended(engine.start(saga, name, "x"));
            assertThat(result).isInstanceOf(SagaResult.Compensated.class);
            Failure failure = ((SagaResult.Compensated<?>) result).cause().failure();
            assertThat(failure).isEqualTo(Failure.unknown(error.getClass().getName(), error.getMessage()));
            assertThat(completed(engine.start(echo, "after-" + name, "x"))).isEqualTo("did x");
        }
        assertThat(undone).hasSize(10).startsWith("b", "a");
    }

    /** An error that no list of errors names. */
    private static final class ThreadDeathLike extends Error {
        private static final long serialVersionUID = 1L;

        ThreadDeathLike() {
            super("unheard of");
        }
    }

    @Test
    void a_result_that_is_larger_than_the_engine_stores_is_unknown_and_undone() {
        EmbeddedEngine engine = open(builder -> builder.mostResultBytes(1_000));
        Saga<String, String> saga = saga("large")
                .step(A, s -> "x".repeat(Integer.parseInt(s.input())), Undo.undo((s, effect) -> undone.add("a")))
                .returning(String.class, v -> "done");
        engine.register(saga);
        assertThat(completed(engine.start(saga, "fits", "998"))).isEqualTo("done");
        SagaResult<String> result = ended(engine.start(saga, "large", "999"));
        assertThat(result).isInstanceOf(SagaResult.Compensated.class);
        assertThat(((SagaResult.Compensated<String>) result).cause().failure().message())
                .contains("1001 bytes", "at most 1000");
        assertThat(undone).containsExactly("a");
    }

    /** Everything has happened: undoing it would be wrong, and nobody can have the value. */
    @Test
    void a_saga_whose_own_result_cannot_be_written_is_stuck() {
        EmbeddedEngine engine = open();
        Saga<String, Unwritable> saga = saga("odd")
                .step(A, s -> "a", Undo.undo((s, effect) -> undone.add("a")))
                .returning(Unwritable.class, v -> new Unwritable("x"));
        engine.register(saga);
        SagaResult<Unwritable> result = ended(engine.start(saga, "one", "x"));

        assertThat(result).isInstanceOf(SagaResult.Stuck.class);
        SagaResult.Stuck<Unwritable> stuck = (SagaResult.Stuck<Unwritable>) result;
        assertThat(stuck.cause().path()).isEqualTo("returning");
        assertThat(stuck.open()).extracting(effect -> effect.path()).containsExactly("a");
        assertThat(undone).isEmpty();
    }

    @Test
    void an_interrupt_that_a_body_leaves_behind_does_not_meet_the_next_body() {
        EmbeddedEngine engine = inMemory(builder -> builder);
        CountDownLatch open = new CountDownLatch(0);
        Saga<String, String> saga = saga("interrupting")
                .step(
                        A,
                        s -> {
                            Thread.currentThread().interrupt();
                            return "a";
                        },
                        none())
                .step(
                        B,
                        s -> {
                            open.await();
                            return "b";
                        },
                        none())
                .returning(String.class, v -> v.result(B));
        engine.register(saga);
        assertThat(completed(engine.start(saga, "one", "x"))).isEqualTo("b");
    }

    @Test
    void an_input_that_no_longer_fits_halts_its_execution_until_the_old_definition_is_back() {
        Saga<Order, String> old = SagaBuilder.saga("order", Order.class)
                .sleep("nap", Duration.ofSeconds(1))
                .step(A, s -> "took " + s.input().amount(), Undo.undo((s, effect) -> undone.add("a")))
                .returning(String.class, v -> v.result(A));
        Saga<LaterOrder, String> later = SagaBuilder.saga("order", LaterOrder.class)
                .sleep("nap", Duration.ofSeconds(1))
                .step(A, s -> "took " + s.input().amount(), Undo.undo((s, effect) -> undone.add("a")))
                .returning(String.class, v -> v.result(A));
        Saga<String, String> echo = echo("echo");
        EmbeddedEngine engine = open();
        engine.register(old);
        engine.start(old, "one", new Order(3));
        engine.awaitIdle();
        engine.close();

        engine = open();
        engine.register(later);
        engine.register(echo);
        clock.advance(Duration.ofSeconds(1));
        engine.awaitIdle();
        Execution<String> execution = engine.find(later, "one").orElseThrow();
        assertThat(execution.status())
                .isInstanceOfSatisfying(
                        SagaStatus.Halted.class,
                        halted -> assertThat(halted.reason())
                                .contains(
                                        "'order'",
                                        "'one'",
                                        "does not read as",
                                        "LaterOrder",
                                        "register the definition"));
        assertThat(completed(engine.start(echo, "other", "x"))).isEqualTo("did x");

        engine.register(old);
        assertThat(completed(engine.find(old, "one").orElseThrow())).isEqualTo("took 3");
        assertThat(undone).isEmpty();
    }

    @Test
    void a_definition_that_no_longer_reaches_what_was_recorded_halts_until_the_old_one_is_back() {
        Saga<String, String> old = saga("cut")
                .step(A, s -> "a", Undo.undo((s, effect) -> undone.add("a")))
                .sleep("nap", Duration.ofSeconds(1))
                .returning(String.class, v -> v.result(A));
        Saga<String, String> cut = saga("cut")
                .step(A, s -> "a", Undo.undo((s, effect) -> undone.add("a")))
                .returning(String.class, v -> v.result(A));
        EmbeddedEngine engine = inMemory(builder -> builder);
        engine.register(old);
        Execution<String> execution = engine.start(old, "one", "x");
        engine.awaitIdle();
        engine.register(cut);
        clock.advance(Duration.ofSeconds(1));
        engine.awaitIdle();
        assertThat(execution.status())
                .isInstanceOfSatisfying(
                        SagaStatus.Halted.class,
                        halted -> assertThat(halted.reason())
                                .contains(
                                        "'cut'",
                                        "'one'",
                                        "SLEEP 'nap'",
                                        "no longer reaches",
                                        "register the definition"));

        engine.register(old);
        assertThat(completed(execution)).isEqualTo("a");
        assertThat(undone).isEmpty();
    }

    @Test
    void a_saga_that_is_not_registered_after_reopening_waits_while_others_go_on() {
        Saga<String, String> missing = saga("missing")
                .sleep("nap", Duration.ofSeconds(1))
                .step(A, s -> "went on", none())
                .returning(String.class, v -> v.result(A));
        Saga<String, String> present = saga("present")
                .sleep("nap", Duration.ofSeconds(1))
                .invoke(B, "missing", v -> "x", none())
                .returning(String.class, v -> v.result(B));
        EmbeddedEngine engine = open();
        engine.register(missing);
        engine.register(present);
        engine.start(missing, "one", "x");
        engine.start(present, "two", "x");
        engine.awaitIdle();
        engine.close();

        engine = open();
        engine.register(present);
        clock.advance(Duration.ofSeconds(1));
        engine.awaitIdle();
        clock.advance(Duration.ofSeconds(1));
        engine.awaitIdle();
        Execution<String> one = engine.find(missing, "one").orElseThrow();
        Execution<String> two = engine.find(present, "two").orElseThrow();
        assertThat(one.status()).isInstanceOf(SagaStatus.Waiting.class);
        assertThat(two.status()).isInstanceOf(SagaStatus.Waiting.class);

        engine.register(missing);
        assertThat(completed(one)).isEqualTo("went on");
        engine.awaitIdle();
        clock.advance(Duration.ofSeconds(1));
        assertThat(completed(two)).isEqualTo("went on");
    }

    @Test
    void a_result_that_is_asked_for_with_another_type_says_which_definition_to_use() {
        EmbeddedEngine engine = open();
        Saga<String, String> saga = echo("echo");
        engine.register(saga);
        completed(engine.start(saga, "one", "x"));
        Saga<String, Integer> other = saga("echo")
                .step(StepKey.of("a", Integer.class), s -> 1, none())
                .returning(Integer.class, v -> 1);
        Execution<Integer> execution = engine.find(other, "one").orElseThrow();
        org.assertj.core.api.Assertions.assertThatThrownBy(execution::status)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("'echo'", "'one'", "java.lang.Integer", "the definition that recorded it");
    }
}
