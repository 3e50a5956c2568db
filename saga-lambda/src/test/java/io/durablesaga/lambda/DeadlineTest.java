package io.durablesaga.lambda;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.Within;
import io.durablesaga.lambda.service.ExecutionView;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;

/** What becomes of bodies when the time of their invocation, or of their execution, runs out. */
class DeadlineTest extends FunctionTest {
    private static final StepKey<String> A = StepKey.of("a", String.class);
    private static final StepKey<String> B = StepKey.of("b", String.class);

    @Test
    void a_body_is_interrupted_before_its_invocation_is_killed_and_attempted_again_with_the_same_key() {
        AtomicInteger millis = new AtomicInteger(2_050);
        invocation = new Remaining(millis::get);
        Saga<String, String> saga = SagaBuilder.saga("slow", String.class)
                .step(
                        A,
                        s -> {
                            call("a " + s.attempt() + " " + s.key());
                            if (s.attempt() == 1) {
                                millis.set(60_000); // the next invocation has more
                                new CountDownLatch(1).await();
                            }
                            return "done";
                        },
                        undo((s, effect) -> call("undo a")))
                .returning(String.class, v -> v.result(A));

        ExecutionView view = run(saga, "\"\"");

        assertThat(view.result()).contains("\"completed\"");
        assertThat(calls).hasSize(2);
        assertThat(calls.get(0)).startsWith("a 1 ");
        assertThat(calls.get(1)).isEqualTo(calls.get(0).replace("a 1", "a 2"));
    }

    @Test
    void a_body_that_returns_in_spite_of_the_interrupt_has_completed() {
        invocation = new Remaining(() -> 2_050);
        Saga<String, String> saga = SagaBuilder.saga("stubborn", String.class)
                .step(
                        A,
                        s -> {
                            try {
                                new CountDownLatch(1).await();
                                return "never";
                            } catch (InterruptedException e) {
                                return call("done all the same");
                            }
                        },
                        undo((s, effect) -> call("undo a")))
                .returning(String.class, v -> v.result(A));

        assertThat(run(saga, "\"\"").result()).contains("done all the same");
        assertThat(calls).containsExactly("done all the same");
    }

    @Test
    void a_saga_whose_attempts_need_more_than_the_functions_timeout_is_refused_before_anything_runs() {
        invocation = new Remaining(() -> 29_900);
        Saga<String, String> saga = SagaBuilder.saga("patient", String.class)
                .step(A, with().timeout(Duration.ofSeconds(31)), s -> call("a"), undo((s, effect) -> call("undo a")))
                .returning(String.class, v -> v.result(A));

        ExecutionView view = run(saga, "\"\"");

        assertThat(view.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(view.error().errorType()).isEqualTo("SagaRefused");
        assertThat(view.error().errorMessage()).contains("node 'a'", "PT31S", "raise the function's Timeout");
        assertThat(calls).isEmpty();
    }

    @Test
    void an_attempt_as_long_as_the_functions_timeout_is_not_refused() {
        invocation = new Remaining(() -> 30_900);
        Saga<String, String> saga = SagaBuilder.saga("patient", String.class)
                .step(A, with().timeout(Duration.ofSeconds(31)), s -> call("a"), undo((s, effect) -> call("undo a")))
                .returning(String.class, v -> v.result(A));

        assertThat(run(saga, "\"\"").status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void nothing_new_is_begun_when_what_is_left_of_the_execution_is_needed_for_undoing() {
        Saga<String, String> saga = SagaBuilder.saga("late", String.class)
                .step(A, s -> call("a"), undo((s, effect) -> call("undo a")))
                .sleep("nap", Duration.ofMinutes(1))
                .step(B, s -> call("b"), undo((s, effect) -> call("undo b")))
                .returning(String.class, v -> v.result(B));
        settings = settings.executionTimeout(Duration.ofHours(1));
        service.register("late", Handlers.function(given -> new Handler(saga, given), settings));
        service.start("late", NAME, "\"\"");
        service.settle();

        service.advance(Duration.ofMinutes(59)); // an outage has held it up
        ExecutionView view = goOn();

        assertThat(view.result()).contains("\"compensated\"", "out of time");
        assertThat(calls).containsExactly("a", "undo a");
    }

    @Test
    void nobody_is_asked_who_could_answer_only_when_there_is_no_time_left_for_undoing() {
        Saga<String, String> saga = SagaBuilder.saga("late", String.class)
                .step(A, s -> call("a"), undo((s, effect) -> call("undo a")))
                .sleep("nap", Duration.ofMinutes(1))
                .await(
                        B,
                        Within.within(Duration.ofMinutes(20)),
                        (s, callbackId) -> call("asked"),
                        undo((s, effect) -> call("undo asked")))
                .returning(String.class, v -> v.result(B));
        settings = settings.executionTimeout(Duration.ofHours(1));
        service.register("late", Handlers.function(given -> new Handler(saga, given), settings));
        service.start("late", NAME, "\"\"");
        service.settle();

        service.advance(Duration.ofMinutes(41)); // an outage has held it up
        ExecutionView view = goOn();

        assertThat(view.result()).contains("\"compensated\"", "out of time");
        assertThat(calls).containsExactly("a", "undo a");
    }
}
