package io.durablesaga.lambda.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.engine.CallbackAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.lambda.durable.config.CallbackConfig;
import software.amazon.lambda.durable.config.WaitForConditionConfig;
import software.amazon.lambda.durable.exception.CallbackTimeoutException;
import software.amazon.lambda.durable.exception.InvokeFailedException;
import software.amazon.lambda.durable.model.WaitForConditionResult;

class SdkWaitTest extends SdkHandlerTest {

    @Test
    void a_pause_suspends_the_function_until_it_is_over() {
        register("order", (input, context) -> {
            context.wait("nap", Duration.ofHours(1));
            context.wait("rest", Duration.ofHours(1));
            return "rested";
        });
        start();
        advance(3_599);
        assertThat(execution().invocations()).isEqualTo(1);
        advance(1);
        advance(3_600);

        assertSucceeded("rested");
        assertThat(execution().invocations()).isEqualTo(3);
    }

    @Test
    void a_condition_is_looked_at_until_it_holds() {
        register(
                "order",
                (input, context) -> context.waitForCondition(
                        "parcel",
                        Integer.class,
                        (seen, step) -> {
                            ran.add("look " + step.getAttempt() + " after " + seen);
                            return seen == 2
                                    ? WaitForConditionResult.stopPolling(seen)
                                    : WaitForConditionResult.continuePolling(seen + 1);
                        },
                        WaitForConditionConfig.<Integer>builder()
                                .initialState(0)
                                .waitStrategy((seen, attempt) -> Duration.ofSeconds(10))
                                .build()));
        start();
        advance(10);
        advance(10);

        assertThat(execution().result()).isEqualTo("2");
        assertThat(ran).containsExactly("look 1 after 0", "look 2 after 1", "look 3 after 2");
    }

    @Test
    void a_callback_is_answered_fails_or_times_out() {
        register("order", (input, context) -> {
            var ask = context.createCallback("ask", String.class, within(60));
            ran.add(ask.callbackId());
            String answer = ask.get();
            try {
                return context.createCallback("ask-again", String.class, within(60))
                        .get();
            } catch (CallbackTimeoutException e) {
                return answer + ", then nobody: " + e.getErrorObject().errorType();
            }
        });
        start();
        advance(59);
        assertThat(service.complete(ran.get(0), "\"yes\"")).isEqualTo(CallbackAnswer.ACCEPTED);
        service.settle();
        advance(60);

        assertSucceeded("yes, then nobody: Callback.Timeout");
        assertThat(ran.get(1)).isEqualTo(ran.get(0));
    }

    @Test
    void a_callback_that_nobody_prolongs_times_out() {
        register("order", (input, context) -> {
            try {
                return context.createCallback(
                                "ask",
                                String.class,
                                CallbackConfig.builder()
                                        .timeout(Duration.ofHours(1))
                                        .heartbeatTimeout(Duration.ofSeconds(10))
                                        .build())
                        .get();
            } catch (CallbackTimeoutException e) {
                return e.getErrorObject().errorType();
            }
        });
        start();
        advance(10);

        assertSucceeded("Callback.Heartbeat");
    }

    @Test
    void an_invoked_function_returns_its_result_or_its_failure() {
        register("payment", (input, context) -> {
            context.wait("nap", Duration.ofSeconds(5));
            if (input.equals("much")) {
                throw new IllegalStateException("no money");
            }
            return "paid " + input;
        });
        register("order", (input, context) -> {
            String paid = context.invoke("pay", "payment:1", "little", String.class);
            try {
                return context.invoke("pay-more", "payment:1", "much", String.class);
            } catch (InvokeFailedException e) {
                return paid + ", then " + e.getErrorObject().errorMessage();
            }
        });
        start();
        advance(5);
        advance(5);

        assertSucceeded("paid little, then no money");
        assertThat(service.executions()).hasSize(3);
    }
}
