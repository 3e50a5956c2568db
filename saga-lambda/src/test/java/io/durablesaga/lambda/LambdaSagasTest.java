package io.durablesaga.lambda;

import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.StepRejected;
import io.durablesaga.event.SagaEvent;
import io.durablesaga.lambda.service.ExecutionView;
import io.durablesaga.lambda.service.FunctionUnderTest;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.lambda.durable.DurableConfig;
import software.amazon.lambda.durable.DurableContext;
import software.amazon.lambda.durable.DurableHandler;
import software.amazon.lambda.durable.TypeToken;
import software.amazon.lambda.durable.execution.DurableExecutor;

/** Sagas inside handlers that are written by hand. */
class LambdaSagasTest extends FunctionTest {
    private static final StepKey<String> A = StepKey.of("a", String.class);
    private static final StepKey<String> B = StepKey.of("b", String.class);
    private static final LambdaSettings LONG = LambdaSettings.defaults().executionTimeout(Duration.ofDays(30));

    private Saga<String, String> saga(String name) {
        return SagaBuilder.saga(name, String.class)
                .validate(input -> {
                    if (input.equals("bad")) {
                        throw new IllegalArgumentException("bad");
                    }
                })
                .step(A, s -> call("a " + s.input() + " " + s.key()), undo((s, effect) -> call("undo a")))
                .sleep("nap", Duration.ofHours(1))
                .step(
                        B,
                        s -> {
                            if (s.input().equals("no")) {
                                throw new StepRejected("no");
                            }
                            return call("b " + s.input());
                        },
                        undo((s, effect) -> call("undo b")))
                .returning(String.class, v -> v.result(B));
    }

    // aws.md: a saga in a handler
    /** Does something before the saga and something after it. */
    final class Fulfil extends DurableHandler<String, String> {
        private final Saga<String, String> saga;

        Fulfil(Saga<String, String> saga) {
            this.saga = saga;
        }

        @Override
        protected DurableConfig createConfiguration() {
            return DurableConfig.builder()
                    .withDurableExecutionClient(
                            LambdaSagas.shielded(DurableConfig.defaultConfig().getDurableExecutionClient()))
                    .build();
        }

        @Override
        public String handleRequest(String order, DurableContext context) {
            String before = context.step("before", String.class, step -> call("before"));
            SagaResult<String> result = LambdaSagas.run("first", saga, order, context, LONG);
            if (!(result instanceof SagaResult.Completed<String> completed)) {
                // stuck must fail, or no alarm sees it
                throw new IllegalStateException("saga " + result.saga() + " has not completed");
            }
            String after = context.step("after", String.class, step -> call("after"));
            return before + completed.value() + after;
        }
    }
    // aws.md: end

    private ExecutionView runByHand(BiFunction<String, DurableContext, String> handler) {
        service.register("by-hand", byHand(handler));
        service.start("by-hand", NAME, "\"order\"");
        return goOn();
    }

    private static FunctionUnderTest byHand(BiFunction<String, DurableContext, String> handler) {
        return (input, client, bodies) -> DurableExecutor.execute(
                input,
                null,
                TypeToken.get(String.class),
                handler,
                DurableConfig.builder()
                        .withDurableExecutionClient(LambdaSagas.shielded(client))
                        .withExecutorService(bodies)
                        .build());
    }

    @Test
    void a_saga_that_is_undone_fails_a_handler_that_says_so() {
        Fulfil handler = new Fulfil(saga("inner"));

        ExecutionView view = runByHand((input, context) -> handler.handleRequest("no", context));

        assertThat(view.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(calls).endsWith("undo a").doesNotContain("after");
    }

    @Test
    void a_saga_runs_between_other_steps_and_costs_one_operation_more() {
        ExecutionView view = runByHand(new Fulfil(saga("inner"))::handleRequest);

        assertThat(view.result()).isEqualTo("\"beforeb orderafter\"");
        assertThat(calls).hasSize(4);
        assertThat(view.operations())
                .extracting(Operation::name)
                .containsExactly("before", "first", "a", "nap", "b", "after");
    }

    @Test
    void two_runs_of_one_saga_have_different_keys_and_each_its_own_end() {
        ExecutionView view = runByHand((input, context) -> {
            SagaResult<String> first = LambdaSagas.run("first", saga("inner"), "yes", context, LONG);
            SagaResult<String> second = LambdaSagas.run("second", saga("inner"), "no", context, LONG);
            return first.getClass().getSimpleName() + " " + second.getClass().getSimpleName();
        });

        assertThat(view.result()).isEqualTo("\"Completed Compensated\"");
        List<String> keys = calls.stream()
                .filter(call -> call.startsWith("a "))
                .map(call -> call.substring(call.lastIndexOf(' ')))
                .toList();
        assertThat(keys).hasSize(2).doesNotHaveDuplicates();
        assertThat(calls).endsWith("undo a").doesNotContain("undo b");
    }

    @Test
    void a_run_name_that_is_used_twice_is_refused() {
        ExecutionView view = runByHand((input, context) -> {
            SagaResult<String> unused = LambdaSagas.run("same", saga("inner"), "yes", context, LONG);
            assertThatThrownBy(() -> LambdaSagas.run("same", saga("inner"), "yes", context, LONG))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("saga 'inner': this execution has a run named 'same' already");
            return "refused";
        });

        assertThat(view.result()).isEqualTo("\"refused\"");
    }

    @Test
    void a_refused_input_stays_refused_however_often_the_handler_is_replayed() {
        ExecutionView view = runByHand((input, context) -> {
            SagaResult<String> refused = LambdaSagas.run("first", saga("inner"), "bad", context, LONG);
            context.wait("wait", Duration.ofHours(1));
            return refused.getClass().getSimpleName();
        });

        assertThat(view.result()).isEqualTo("\"Compensated\"");
        assertThat(calls).isEmpty();
    }

    @Test
    void events_of_a_branch_are_never_told_again_by_a_replay() {
        Saga<String, String> saga = SagaBuilder.saga("inner", String.class)
                .parallel(
                        "group",
                        group -> group.branch(
                                        "slow",
                                        branch -> branch.step(A, s -> call("a"), undo((s, effect) -> call("undo a")))
                                                .sleep("nap", Duration.ofHours(1))
                                                .sleep("rest", Duration.ofHours(1)))
                                .step(B, s -> call("b"), undo((s, effect) -> call("undo b"))))
                .sleep("pause", Duration.ofHours(1))
                .returning(String.class, v -> v.result(B));
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        LambdaSettings listening = LONG.listener(event -> {
            if (event instanceof SagaEvent.Completed completed) {
                told.add(completed.path());
            }
        });

        ExecutionView view =
                runByHand((input, context) -> "" + LambdaSagas.run("first", saga, "yes", context, listening));

        assertThat(view.result()).contains("Completed");
        assertThat(told).contains("group/slow/a").doesNotHaveDuplicates();
    }

    @Test
    void a_run_inside_a_step_is_refused_before_anything_of_it_has_happened() {
        ExecutionView view = runByHand((input, context) -> context.step("outer", String.class, step -> {
            assertThatThrownBy(() -> LambdaSagas.run("inside", saga("inner"), "yes", context, LONG))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("saga 'inner', run 'inside'");
            return "refused";
        }));

        assertThat(view.result()).isEqualTo("\"refused\"");
        assertThat(view.operations()).extracting(Operation::name).containsExactly("outer");
        assertThat(calls).isEmpty();
    }

    @Test
    void a_machine_out_of_memory_between_steps_ends_the_invocation_and_not_the_run() {
        AtomicInteger failures = new AtomicInteger(1);
        Saga<String, String> saga = SagaBuilder.saga("inner", String.class)
                .step(A, s -> call("a"), undo((s, effect) -> call("undo a")))
                .when(
                        "big",
                        v -> {
                            if (failures.getAndDecrement() > 0) {
                                throw new OutOfMemoryError("Java heap space");
                            }
                            return true;
                        },
                        big -> big.step(B, s -> call("b"), undo((s, effect) -> call("undo b"))))
                .returning(String.class, v -> "done");

        ExecutionView view = runByHand((input, context) -> "" + LambdaSagas.run("first", saga, "yes", context, LONG));

        assertThat(view.result()).contains("Completed");
        assertThat(calls).containsExactly("a", "b");
    }

    @Override
    boolean mayStall(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("does not read as java.lang.Integer");
    }

    @Test
    void a_definition_that_does_not_match_what_was_recorded_stops_the_execution_and_fails_nothing() {
        StepKey<Integer> number = StepKey.of("a", Integer.class);
        Saga<String, String> other = SagaBuilder.saga("inner", String.class)
                .step(number, s -> 1, undo((s, effect) -> call("undo other a")))
                .sleep("nap", Duration.ofHours(1))
                .returning(String.class, v -> "" + v.result(number));
        service.register(
                "by-hand",
                byHand((input, context) -> "" + LambdaSagas.run("first", saga("inner"), "yes", context, LONG)));
        service.start("by-hand", NAME, "\"order\"");
        service.settle();

        service.register(
                "by-hand", byHand((input, context) -> "" + LambdaSagas.run("first", other, "yes", context, LONG)));
        service.advance(Duration.ofHours(2));
        service.settle();
        assertThat(calls).hasSize(1);
        assertThat(service.execution(NAME).status()).isEqualTo(ExecutionStatus.RUNNING);

        service.register(
                "by-hand",
                byHand((input, context) -> "" + LambdaSagas.run("first", saga("inner"), "yes", context, LONG)));
        service.wake("by-hand");
        assertThat(goOn().result()).contains("Completed");
        assertThat(calls).hasSize(2);
    }
}
