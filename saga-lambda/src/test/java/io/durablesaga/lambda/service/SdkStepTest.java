package io.durablesaga.lambda.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.lambda.durable.config.StepConfig;
import software.amazon.lambda.durable.retry.RetryDecision;

class SdkStepTest extends SdkHandlerTest {

    @Test
    void steps_run_once_and_their_results_come_back() {
        register("order", (input, context) -> {
            String reserved = context.step("reserve", String.class, step -> does("reserve " + input), AT_MOST_ONCE);
            return context.step("charge", String.class, step -> does("charge"), AT_LEAST_ONCE) + ", " + reserved;
        });
        start();

        assertSucceeded("did charge, did reserve books");
        assertThat(ran).containsExactly("reserve books", "charge");
        assertThat(operations()).containsExactly("reserve SUCCEEDED 1", "charge SUCCEEDED 1");
    }

    @Test
    void a_step_is_retried_when_its_time_has_come() {
        for (StepConfig config : List.of(AT_MOST_ONCE, AT_LEAST_ONCE)) {
            ran.clear();
            AtomicInteger failures = new AtomicInteger(2);
            String name = config.semanticsPerRetry().name();
            register(
                    "order",
                    (input, context) -> context.step(
                            "charge",
                            String.class,
                            step -> {
                                ran.add("charge " + step.getAttempt());
                                if (failures.getAndDecrement() > 0) {
                                    throw new IllegalStateException("no answer");
                                }
                                return "charged";
                            },
                            config));
            service.start("order", name, "\"books\"");
            service.settle();
            assertThat(ran).containsExactly("charge 1");
            advance(9);
            assertThat(ran).hasSize(1);
            advance(1);
            assertThat(ran).hasSize(2);
            advance(10);

            assertThat(service.execution(name).result()).isEqualTo("\"charged\"");
            assertThat(ran).containsExactly("charge 1", "charge 2", "charge 3");
            assertThat(service.execution(name).metered()).isEqualTo(3);
        }
    }

    @Test
    void a_step_that_a_crash_cut_short_is_retried_as_one_that_failed_where_it_runs_at_most_once() {
        AtomicInteger deaths = new AtomicInteger(1);
        register(
                "order",
                (input, context) -> context.step(
                        "charge",
                        String.class,
                        step -> {
                            ran.add("charge " + step.getAttempt());
                            if (deaths.getAndDecrement() > 0) {
                                service.kill("order-1");
                            }
                            return "charged";
                        },
                        AT_MOST_ONCE));
        start();
        assertThat(ran).containsExactly("charge 1");
        assertThat(operations()).containsExactly("charge PENDING 1");
        advance(10);

        assertSucceeded("charged");
        assertThat(ran).containsExactly("charge 1", "charge 2");
        assertThat(operations()).containsExactly("charge SUCCEEDED 2");
    }

    @Test
    void a_step_that_a_crash_cut_short_runs_again_at_once_where_it_runs_at_least_once() {
        AtomicInteger deaths = new AtomicInteger(2);
        register(
                "order",
                (input, context) -> context.step("charge", String.class, step -> {
                    ran.add("charge " + step.getAttempt());
                    if (deaths.getAndDecrement() > 0) {
                        service.kill("order-1");
                    }
                    return "charged";
                }));
        start();

        assertSucceeded("charged");
        assertThat(ran).containsExactly("charge 1", "charge 1", "charge 1");
    }

    @Test
    void a_step_that_fails_for_good_fails_the_execution() {
        register(
                "order",
                (input, context) -> context.step(
                        "charge",
                        String.class,
                        step -> {
                            throw new IllegalStateException("no money");
                        },
                        StepConfig.builder()
                                .retryStrategy((error, attempt) -> RetryDecision.fail())
                                .build()));
        start();

        assertThat(execution().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(execution().error().errorMessage()).isEqualTo("no money");
        assertThat(operations()).containsExactly("charge FAILED 1");
    }
}
