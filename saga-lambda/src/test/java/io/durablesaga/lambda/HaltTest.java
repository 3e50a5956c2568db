package io.durablesaga.lambda;

import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.Within;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;

/** A record that does not match stops everything at once, whatever else is waited for. */
class HaltTest extends FunctionTest {
    private static final StepKey<String> LATER = StepKey.of("later", String.class);

    /** One branch waits; the step beside it, or in another branch, has a result of this type. */
    private <T> Saga<String, String> saga(Class<T> type, T value, boolean inBranch) {
        StepKey<T> step = StepKey.of("step", type);
        return SagaBuilder.saga("halting", String.class)
                .parallel("group", group -> {
                    group.branch(
                            "waiting",
                            branch -> branch.sleep("nap", Duration.ofHours(1))
                                    .step(LATER, s -> call("later"), undo((s, effect) -> call("undo later"))));
                    if (inBranch) {
                        group.branch(
                                "other",
                                branch -> branch.step(step, s -> value, undo((s, effect) -> call("undo step")))
                                        .sleep("rest", Duration.ofHours(2)));
                    }
                })
                .step(StepKey.of("after", String.class), s -> call("after"), undo((s, effect) -> call("undo after")))
                .returning(String.class, v -> "done");
    }

    /** The root joins the step while a branch waits for something else. */
    private <T> Saga<String, String> plain(Class<T> type, T value) {
        StepKey<T> step = StepKey.of("step", type);
        return SagaBuilder.saga("halting", String.class)
                .parallel(
                        "group",
                        group -> group.step(step, s -> value, undo((s, effect) -> call("undo step")))
                                .branch(
                                        "waiting",
                                        branch -> branch.sleep("nap", Duration.ofHours(1))
                                                .step(
                                                        LATER,
                                                        s -> call("later"),
                                                        undo((s, effect) -> call("undo later")))))
                .returning(String.class, v -> "done");
    }

    @Override
    boolean mayStall(Throwable failure) {
        return failure instanceof ExecutionHalted;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_mismatch_halts_the_execution_while_a_branch_waits_and_it_goes_on_under_the_right_definition(
            boolean inBranch) {
        Saga<String, String> right = inBranch ? saga(String.class, "text", true) : plain(String.class, "text");
        Saga<String, String> wrong = inBranch ? saga(Integer.class, 1, true) : plain(Integer.class, 1);
        service.register("halting", Handlers.function(given -> new Handler(right, given), settings));
        service.start("halting", NAME, "\"\"");
        service.settle();

        service.register("halting", Handlers.function(given -> new Handler(wrong, given), settings));
        service.kill(); // so that it is invoked although nothing is due
        service.reopen();
        service.wake("halting");
        service.supersede(NAME);
        service.settle();

        assertThat(service.execution(NAME).stalled()).isInstanceOf(ExecutionHalted.class);
        assertThat(service.execution(NAME).stalled().getMessage()).contains("/step'", "java.lang.Integer");
        assertThat(service.execution(NAME).status()).isEqualTo(ExecutionStatus.RUNNING);
        assertThat(calls).isEmpty();

        service.register("halting", Handlers.function(given -> new Handler(right, given), settings));
        service.wake("halting");
        assertThat(goOn().result()).contains("done");
        assertThat(calls).contains("later").doesNotContain("undo later", "undo step");
    }

    /** A branch that waits, and then what stands in its place in another definition. */
    private Saga<String, String> inPlaceOfTheBranch(String kind) {
        SagaBuilder<String> saga = SagaBuilder.saga("halting", String.class);
        StepKey<String> other = StepKey.of("other", String.class);
        var changed = switch (kind) {
            case "step" -> saga.step(other, s -> call("other"), undo((s, effect) -> call("undo other")));
            case "sleep" -> saga.sleep("other", Duration.ofHours(1));
            case "await" ->
                saga.await(
                        other,
                        Within.within(Duration.ofHours(1)),
                        (s, callbackId) -> call("asked"),
                        undo((s, effect) -> call("undo other")));
            case "invoke" -> saga.invoke(other, "child", v -> "payload", undo((s, effect) -> call("undo other")));
            default -> throw new IllegalArgumentException(kind);
        };
        return changed.returning(String.class, v -> "done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"step", "sleep", "await", "invoke"})
    void whatever_takes_the_place_of_a_recorded_branch_records_nothing(String kind) {
        Saga<String, String> right = saga(String.class, "text", true);
        service.register("halting", Handlers.function(given -> new Handler(right, given), settings));
        service.start("halting", NAME, "\"\"");
        service.settle();
        var recorded = service.execution(NAME).operations();

        Saga<String, String> wrong = inPlaceOfTheBranch(kind);
        service.register("halting", Handlers.function(given -> new Handler(wrong, given), settings));
        service.supersede(NAME);
        service.settle();

        assertThat(service.execution(NAME).stalled()).isInstanceOf(ExecutionHalted.class);
        assertThat(service.execution(NAME).operations()).isEqualTo(recorded);
        assertThat(calls).isEmpty();
    }
}
