package io.durablesaga.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.result.Cause;
import io.durablesaga.result.SagaResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A saga inside another: inlined under its path, undone with its parent. */
abstract class NestedContract extends SubjectContract {
    private static final StepKey<String> FIRST = StepKey.of("first", String.class);
    private static final StepKey<String> SECOND = StepKey.of("second", String.class);

    @Test
    void a_nested_saga_records_its_nodes_and_nothing_itself() {
        Saga<String, String> saga = parent();
        start(saga);

        assertThat(completed(saga)).isEqualTo("inner of books: did first/charge");
        assertThat(world.effects()).containsExactly("reserve", "first/reserve", "first/charge", "ship");
        assertThat(operations())
                .containsExactly(
                        "ACTION reserve COMPLETED",
                        "ACTION first/reserve COMPLETED",
                        "ACTION first/charge COMPLETED",
                        "ACTION ship COMPLETED");
    }

    @Test
    void steps_of_the_same_name_in_parent_and_nested_saga_have_keys_of_their_own() {
        Saga<String, String> saga = parent();
        start(saga);

        assertThat(world.key(NAME, "reserve")).isEqualTo(actionKey("reserve"));
        assertThat(world.key(NAME, "first/reserve"))
                .isEqualTo(actionKey("first/reserve"))
                .isNotEqualTo(actionKey("reserve"));
    }

    @Test
    void steps_of_a_nested_saga_are_undone_with_those_of_its_parent() {
        Saga<String, String> saga = parent();
        world.plan("ship", Fault.REJECTS);
        start(saga);

        assertThat(states(compensated(saga).effects()))
                .containsExactly("first/charge UNDONE", "first/reserve UNDONE", "reserve UNDONE");
        assertThat(world.handed("first/reserve")).containsExactly(Optional.of("did first/reserve"));
        assertThat(world.effects())
                .containsExactly(
                        "reserve",
                        "first/reserve",
                        "first/charge",
                        "undo first/charge",
                        "undo first/reserve",
                        "undo reserve");
    }

    @Test
    void a_step_that_fails_in_a_nested_saga_unwinds_both() {
        Saga<String, String> saga = parent();
        world.plan("first/charge", Fault.REJECTS);
        start(saga);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause()).isEqualTo(new Cause("first/charge", says("first/charge")));
        assertThat(states(result.effects())).containsExactly("first/reserve UNDONE", "reserve UNDONE");
    }

    @Test
    void the_parent_and_the_nested_saga_see_nothing_of_each_other_but_input_and_result() {
        Saga<String, String> peeking = SagaBuilder.saga("inner", String.class)
                .step(
                        CHARGE,
                        s -> s.input() + ", parent seen: " + s.find(RESERVE).isPresent(),
                        world.undoes("charge"))
                .returning(String.class, s -> s.result(CHARGE));
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .saga(FIRST, peeking, s -> "input")
                .returning(
                        String.class,
                        s -> s.result(FIRST) + ", inside seen: "
                                + s.find(CHARGE).isPresent());
        start(saga);

        assertThat(completed(saga)).isEqualTo("input, parent seen: false, inside seen: false");
    }

    @Test
    void the_same_saga_runs_twice_under_two_names() {
        Saga<String, String> saga = saga().saga(FIRST, inner("first"), s -> s.input())
                .saga(SECOND, inner("second"), s -> s.result(FIRST))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(SECOND));
        world.plan("ship", Fault.REJECTS);
        start(saga);

        assertThat(states(compensated(saga).effects()))
                .containsExactly(
                        "second/charge UNDONE", "second/reserve UNDONE", "first/charge UNDONE", "first/reserve UNDONE");
    }

    @Test
    void a_nested_saga_whose_input_is_refused_is_one_failing_operation_and_unwinds() {
        Saga<String, String> picky = SagaBuilder.saga("inner", String.class)
                .validate(input -> {
                    throw new IllegalArgumentException("not " + input);
                })
                .step(CHARGE, world.does("charge"), world.undoes("charge"))
                .returning(String.class, s -> s.result(CHARGE));
        Saga<String, String> saga = saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .saga(FIRST, picky, s -> s.input())
                .returning(String.class, s -> s.result(FIRST));
        start(saga);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause().path()).isEqualTo("first/validate");
        assertThat(result.cause().failure().message()).isEqualTo("not books");
        assertThat(world.effects()).containsExactly("reserve", "undo reserve");
        assertThat(operations())
                .containsExactly(
                        "ACTION reserve COMPLETED",
                        "FAILURE failed:first/validate FAILED",
                        "UNDO undo:reserve COMPLETED");
    }

    @Test
    void a_crash_in_a_nested_saga_resumes_inside_it() {
        for (Fault death : List.of(Fault.DIES, Fault.DIES_AFTER_EFFECT)) {
            inNewWorld(() -> {
                Saga<String, String> saga = parent();
                world.plan("first/charge", death);
                start(saga);
                reopen();

                assertThat(completed(saga)).isEqualTo("inner of books: did first/charge");
                assertThat(world.attempts())
                        .containsExactly("reserve#1", "first/reserve#1", "first/charge#1", "first/charge#2", "ship#1");
            });
        }
    }

    private Saga<String, String> inner(String under) {
        return SagaBuilder.saga("inner", String.class)
                .validate(input -> assertThat(input).isNotBlank())
                .step(RESERVE, world.does(under + "/reserve"), world.undoes(under + "/reserve"))
                .step(CHARGE, world.does(under + "/charge"), world.undoes(under + "/charge"))
                .returning(String.class, s -> s.input() + ": " + s.result(CHARGE));
    }

    private Saga<String, String> parent() {
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .saga(FIRST, inner("first"), s -> "inner of " + s.input())
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(FIRST));
    }
}
