package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Bound;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.View;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Orchestration that throws: one failing operation, and the saga unwinds; in {@code returning} it is stuck. */
abstract class LambdaContract extends SubjectContract {
    private static final StepKey<String> BOOK = StepKey.of("book", String.class);

    /** Cannot be written. */
    record Unwritable(String name) {
        @SuppressWarnings("unused") // what Jackson calls
        public String getPlain() {
            if (!name.isEmpty()) {
                throw new IllegalStateException("not for the record");
            }
            return name;
        }
    }

    @Test
    void a_condition_that_throws_unwinds() {
        Saga<String, String> saga = reserved()
                .when(
                        "costly",
                        s -> s.result(SHIP).isEmpty(),
                        costly -> costly.step(CHARGE, world.does("charge"), world.undoes("charge")))
                .returning(String.class, s -> s.input());
        start(saga);

        Failure failure = assertUnwound(saga, "costly");
        assertThat(failure.type()).isEqualTo(IllegalStateException.class.getName());
        assertThat(failure.message()).contains("'order'", "'ship'", "[reserve]");
    }

    @Test
    void whatever_a_condition_throws_unwinds() {
        List<Throwable> all = List.of(
                new AssertionError("no"), new IOException("no"), new NoClassDefFoundError("no"), new Error("no"));
        for (Throwable thrown : all) {
            inNewWorld(() -> {
                Saga<String, String> saga = reserved()
                        .when("costly", s -> sneaky(thrown), costly -> costly.sleep("nap", TEN_SECONDS))
                        .returning(String.class, s -> s.input());
                start(saga);

                assertThat(assertUnwound(saga, "costly"))
                        .isEqualTo(Failure.rejected(thrown.getClass().getName(), "no"));
            });
        }
    }

    @Test
    void a_list_of_items_that_throws_unwinds() {
        assertUnwindsOver(s -> {
            throw new IllegalArgumentException("no list for " + s.input());
        });
    }

    @Test
    void too_many_items_unwind_before_the_first_of_them_starts() {
        assertUnwindsOver(s -> List.of("a", "b", "c"));
    }

    @Test
    void two_items_of_one_key_unwind_before_the_first_of_them_starts() {
        assertUnwindsOver(s -> List.of("a", "a"));
    }

    @Test
    void an_item_whose_key_is_no_key_unwinds_before_the_first_starts() {
        for (String bad : List.of("", " ", "a/b", "a]", "ä", "x".repeat(65))) {
            inNewWorld(() -> assertUnwindsOver(s -> List.of("a", bad)));
        }
    }

    @Test
    void an_item_that_is_null_unwinds_before_the_first_starts() {
        assertUnwindsOver(s -> new ArrayList<>(Arrays.asList("a", null)));
    }

    @Test
    void an_item_key_that_throws_unwinds() {
        Saga<String, String> saga = reserved()
                .forEach(
                        "rooms",
                        Bound.atMost(2),
                        s -> List.of("a"),
                        room -> room.substring(2),
                        room -> room.step(BOOK, world.doesEach("book"), world.undoesEach("book")))
                .returning(String.class, s -> s.input());
        start(saga);

        assertUnwound(saga, "rooms");
    }

    @Test
    void a_payload_that_throws_or_cannot_be_written_unwinds_and_invokes_nothing() {
        List<Function<View<String>, Object>> payloads = List.of(s -> s.result(SHIP), s -> new Unwritable(s.input()));
        for (Function<View<String>, Object> payload : payloads) {
            inNewWorld(() -> {
                Saga<Object, String> other = SagaBuilder.saga("other", Object.class)
                        .step(CHARGE, world.does("charge"), world.undoes("charge"))
                        .returning(String.class, s -> "never");
                engine.register(other);
                Saga<String, String> saga = reserved()
                        .invoke(BOOK, "other", payload, world.undoes("book"))
                        .returning(String.class, s -> s.input());
                start(saga);

                assertUnwound(saga, "book");
            });
        }
    }

    @Test
    void the_input_of_a_nested_saga_that_throws_unwinds() {
        Saga<String, String> saga = reserved()
                .saga(BOOK, inner(s -> s.result(CHARGE)), s -> s.result(SHIP))
                .returning(String.class, s -> s.input());
        start(saga);

        assertUnwound(saga, "book");
    }

    @Test
    void the_input_of_a_nested_saga_that_is_null_unwinds() {
        Saga<String, String> saga = reserved()
                .saga(BOOK, inner(s -> s.result(CHARGE)), s -> nothing())
                .returning(String.class, s -> s.input());
        start(saga);

        assertUnwound(saga, "book");
    }

    @Test
    void what_a_nested_saga_yields_and_throws_unwinds() {
        Saga<String, String> saga = reserved()
                .saga(BOOK, inner(s -> s.result(SHIP)), s -> s.input())
                .returning(String.class, s -> s.input());
        start(saga);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause().path()).isEqualTo("book");
        assertThat(states(result.effects())).containsExactly("book/charge UNDONE", "reserve UNDONE");
        assertThat(operations())
                .containsExactly(
                        "ACTION reserve COMPLETED",
                        "ACTION book/charge COMPLETED",
                        "FAILURE failed:book FAILED",
                        "UNDO undo:book/charge COMPLETED",
                        "UNDO undo:reserve COMPLETED");
    }

    @Test
    void a_lambda_that_throws_inside_a_branch_is_a_failure_of_that_branch() {
        Saga<String, String> saga = saga().parallel(
                        "both",
                        both -> both.step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                                .branch(
                                        "other",
                                        other -> other.when(
                                                "costly",
                                                s -> s.result(SHIP).isEmpty(),
                                                costly -> costly.sleep("nap", TEN_SECONDS))))
                .returning(String.class, s -> s.input());
        start(saga);

        assertThat(compensated(saga).cause().path()).isEqualTo("both/other/costly");
        assertThat(world.effects()).containsExactly("reserve", "undo reserve");
        assertThat(operations())
                .containsExactlyInAnyOrder(
                        "ACTION both/reserve COMPLETED",
                        "FAILURE failed:both/other/costly FAILED",
                        "UNDO undo:both/reserve COMPLETED");
    }

    @Test
    void what_the_saga_yields_and_throws_is_stuck_and_undoes_nothing() {
        assertStuck(s -> s.result(SHIP));
    }

    @Test
    void what_the_saga_yields_and_cannot_be_written_is_stuck_and_undoes_nothing() {
        assertStuck(s -> new Unwritable(s.input()));
    }

    @Test
    void an_unwind_that_a_lambda_began_goes_on_after_a_crash() {
        Saga<String, String> saga = reserved()
                .when("costly", s -> s.result(SHIP).isEmpty(), costly -> costly.sleep("nap", TEN_SECONDS))
                .returning(String.class, s -> s.input());
        world.plan("undo reserve", Fault.DIES_AFTER_EFFECT);
        start(saga);
        reopen();

        assertUnwound(saga, "costly");
    }

    private SagaBuilder<String> reserved() {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"));
    }

    private Saga<String, String> inner(Function<View<String>, String> returning) {
        return SagaBuilder.saga("inner", String.class)
                .step(CHARGE, world.does("charge"), world.undoes("charge"))
                .returning(String.class, returning);
    }

    private void assertUnwindsOver(Function<View<String>, List<String>> items) {
        Saga<String, String> saga = reserved()
                .forEach(
                        "rooms",
                        Bound.atMost(2),
                        items,
                        room -> room,
                        room -> room.step(BOOK, world.doesEach("book"), world.undoesEach("book")))
                .returning(String.class, s -> s.input());
        start(saga);
        assertUnwound(saga, "rooms");
    }

    /** One step had run; the lambda at this path failed after it. */
    private Failure assertUnwound(Saga<String, String> saga, String path) {
        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause().path()).isEqualTo(path);
        assertThat(result.cause().failure().kind()).isEqualTo(Failure.Kind.REJECTED);
        assertThat(states(result.effects())).containsExactly("reserve UNDONE");
        assertThat(world.effects()).containsExactly("reserve", "undo reserve");
        assertThat(operations())
                .containsExactly(
                        "ACTION reserve COMPLETED",
                        "FAILURE failed:" + path + " FAILED",
                        "UNDO undo:reserve COMPLETED");
        return result.cause().failure();
    }

    private void assertStuck(Function<View<String>, Object> returning) {
        Saga<String, Object> saga = reserved().returning(Object.class, returning);
        start(saga);

        SagaResult.Stuck<Object> result = stuck(saga);
        assertThat(result.cause().path()).isEqualTo("returning");
        assertThat(result.open())
                .containsExactly(new EffectReport(
                        "reserve",
                        EffectReport.Action.COMPLETED,
                        EffectReport.State.STANDING,
                        actionKey("reserve"),
                        undoKey("reserve"),
                        1,
                        0,
                        (Failure) null,
                        null));
        assertThat(world.effects()).containsExactly("reserve");
        assertThat(operations()).containsExactly("ACTION reserve COMPLETED", "FAILURE failed:returning FAILED");
    }

    @SuppressWarnings("NullAway") // what a lambda must not yield, and may by mistake
    private static String nothing() {
        return null;
    }

    @SuppressWarnings("unchecked") // throws what the compiler would not let it
    private static <E extends Throwable> boolean sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
