package io.durablesaga.testing.contract;

import static io.durablesaga.Undo.undo;
import static io.durablesaga.UndoOptions.undoing;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.result.EffectReport;
import io.durablesaga.result.EffectReport.State;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Running another saga as an execution of its own and taking its result. */
abstract class InvokeContract extends SubjectContract {
    private static final StepKey<String> PAY = StepKey.of("pay", String.class);

    @Test
    void the_result_of_an_invoked_saga_is_unwrapped() {
        Saga<String, String> saga = invoking();
        start(saga);

        assertThat(completed(saga)).isEqualTo("paid for books of order");
        assertThat(world.effects()).containsExactly("reserve", "authorise", "capture", "ship");
        assertThat(operations())
                .containsExactly("ACTION reserve COMPLETED", "INVOKE pay COMPLETED", "ACTION ship COMPLETED");
    }

    @Test
    void a_completed_invocation_is_undone_with_its_result() {
        Saga<String, String> saga = invoking();
        world.plan("ship", Fault.REJECTS);
        start(saga);

        assertThat(states(compensated(saga).effects())).containsExactly("pay UNDONE", "reserve UNDONE");
        assertThat(world.handed("pay")).containsExactly(Optional.of("paid for books of order"));
        assertThat(world.effects()).containsExactly("reserve", "authorise", "capture", "undo pay", "undo reserve");
        assertThat(operations())
                .containsExactly(
                        "ACTION reserve COMPLETED",
                        "INVOKE pay COMPLETED",
                        "ACTION ship FAILED",
                        "UNDO undo:pay COMPLETED",
                        "UNDO undo:reserve COMPLETED");
    }

    @Test
    void an_invoked_saga_that_was_compensated_is_a_rejection() {
        Saga<String, String> saga = invoking();
        world.plan("capture", Fault.FAILS_AFTER_EFFECT);
        start(saga);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause().path()).isEqualTo("pay");
        assertThat(result.cause().failure().kind()).isEqualTo(Failure.Kind.REJECTED);
        assertThat(result.cause().failure().message()).isEqualTo("because of charge");
        assertThat(states(result.effects())).containsExactly("reserve UNDONE");
        assertThat(world.effects())
                .containsExactly("reserve", "authorise", "capture", "undo capture", "undo authorise", "undo reserve");
    }

    @Test
    void an_invoked_saga_whose_input_is_refused_is_a_rejection() {
        Saga<String, String> saga = invoking();
        start(saga, "refused");

        assertThat(compensated(saga).cause().failure().kind()).isEqualTo(Failure.Kind.REJECTED);
        assertThat(world.effects()).containsExactly("reserve", "undo reserve");
    }

    @Test
    void an_invoked_saga_that_is_stuck_is_unknown_and_undone() {
        Saga<String, String> saga = invoking();
        world.plan("capture", Fault.REJECTS);
        world.plan("undo authorise", Fault.FAILS);
        start(saga);

        SagaResult.Compensated<String> result = compensated(saga);
        assertThat(result.cause().path()).isEqualTo("pay");
        assertThat(result.cause().failure().kind()).isEqualTo(Failure.Kind.UNKNOWN);
        EffectReport pay = result.effects().get(0);
        assertThat(pay.path()).isEqualTo("pay");
        assertThat(pay.action()).isEqualTo(EffectReport.Action.UNKNOWN);
        assertThat(pay.state()).isEqualTo(State.UNDONE);
        assertThat(world.handed("pay")).containsExactly(Optional.empty());
        assertThat(world.effects()).containsExactly("reserve", "authorise", "undo pay", "undo reserve");
    }

    @Test
    void a_result_that_is_not_of_the_type_expected_is_unknown_and_undone() {
        StepKey<Integer> number = StepKey.of("pay", Integer.class);
        engine.register(payment());
        Saga<String, Integer> saga = saga().invoke(
                        number, "payment", s -> s.input(), undo((s, effect) -> world.undo("pay", s, effect)))
                .returning(Integer.class, s -> s.result(number));
        start(saga);

        assertThat(compensated(saga).cause().failure().kind()).isEqualTo(Failure.Kind.UNKNOWN);
        assertThat(states(compensated(saga).effects())).containsExactly("pay UNDONE");
        assertThat(world.handed("pay")).containsExactly(Optional.empty());
    }

    @Test
    void an_execution_waits_for_the_one_it_invoked() {
        Saga<String, String> napping = SagaBuilder.saga("payment", String.class)
                .sleep("nap", TEN_SECONDS)
                .step(CHARGE, world.does("capture"), world.undoes("capture"))
                .returning(String.class, s -> s.result(CHARGE));
        Saga<String, String> saga = invoking(napping);
        start(saga);
        assertWaiting(saga);
        assertThat(operations()).containsExactly("ACTION reserve COMPLETED", "INVOKE pay PENDING");
        engine.advance(TEN_SECONDS);

        assertThat(completed(saga)).isEqualTo("did capture");
        assertThat(world.effects()).containsExactly("reserve", "capture", "ship");
    }

    @Test
    void a_crash_while_the_invoked_saga_runs_invokes_nothing_twice() {
        for (Fault death : List.of(Fault.DIES, Fault.DIES_AFTER_EFFECT)) {
            for (String where : List.of("reserve", "authorise", "capture", "ship")) {
                inNewWorld(() -> {
                    Saga<String, String> saga = invoking();
                    world.plan(where, death);
                    start(saga);
                    reopen();

                    assertThat(completed(saga)).isEqualTo("paid for books of order");
                    assertThat(world.effects()).containsExactly("reserve", "authorise", "capture", "ship");
                    assertThat(world.attempts()).hasSize(5);
                    assertThat(operations()).hasSize(3);
                });
            }
        }
    }

    @Test
    void a_crash_while_waiting_for_the_invoked_saga_resumes_both() {
        Saga<String, String> napping = SagaBuilder.saga("payment", String.class)
                .step(CHARGE, world.does("capture"), world.undoes("capture"))
                .sleep("nap", TEN_SECONDS)
                .returning(String.class, s -> s.result(CHARGE));
        Saga<String, String> saga = invoking(napping);
        start(saga);
        restart();
        assertWaiting(saga);
        engine.advance(TEN_SECONDS);

        assertThat(completed(saga)).isEqualTo("did capture");
        assertThat(world.attempts()).containsExactly("reserve#1", "capture#1", "ship#1");
    }

    private Saga<String, String> payment() {
        return SagaBuilder.saga("payment", String.class)
                .validate(input -> assertThat(input).doesNotStartWith("refused"))
                .step(RESERVE, world.does("authorise"), world.undoes(undoing().retry(Retries.none()), "authorise"))
                .step(CHARGE, world.does("capture"), world.undoes("capture"))
                .returning(String.class, s -> "paid for " + s.input());
    }

    private Saga<String, String> invoking() {
        return invoking(payment());
    }

    private Saga<String, String> invoking(Saga<String, String> payment) {
        engine.register(payment);
        return saga().step(RESERVE, world.does("reserve"), world.undoes("reserve"))
                .invoke(PAY, "payment", s -> s.input() + " of order", world.undoes("pay"))
                .step(SHIP, world.does("ship"), world.undoes("ship"))
                .returning(String.class, s -> s.result(PAY));
    }
}
