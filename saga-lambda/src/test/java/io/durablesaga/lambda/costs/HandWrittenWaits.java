package io.durablesaga.lambda.costs;

import static io.durablesaga.lambda.costs.Hand.DONE;
import static io.durablesaga.lambda.costs.Hand.FAILED;
import static io.durablesaga.lambda.costs.Hand.NO;
import static io.durablesaga.lambda.costs.Hand.program;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.lambda.scenario.Program;
import java.time.Duration;
import software.amazon.lambda.durable.DurableCallbackFuture;
import software.amazon.lambda.durable.config.CallbackConfig;
import software.amazon.lambda.durable.config.WaitForCallbackConfig;
import software.amazon.lambda.durable.config.WaitForConditionConfig;
import software.amazon.lambda.durable.exception.CallbackTimeoutException;
import software.amazon.lambda.durable.model.WaitForConditionResult;

/** Waiting for time or for somebody outside, by hand. */
final class HandWrittenWaits {
    private static final CallbackConfig AN_HOUR =
            CallbackConfig.builder().timeout(Duration.ofHours(1)).build();
    private static final WaitForCallbackConfig AS_DOCUMENTED = WaitForCallbackConfig.builder()
            .callbackConfig(AN_HOUR)
            .stepConfig(Hand.FENCED)
            .build();

    private HandWrittenWaits() {}

    static Program sleep() {
        return program(hand -> {
            hand.context().wait("clear", Duration.ofMinutes(1));
            return hand.step("reserve");
        });
    }

    static Program poll() {
        WaitForConditionConfig<String> everyMinute = WaitForConditionConfig.<String>builder()
                .initialState("")
                .waitStrategy((state, attempt) -> Duration.ofMinutes(1))
                .build();
        return program(hand -> hand.context()
                .waitForCondition(
                        "reserve",
                        String.class,
                        (state, step) -> {
                            hand.world().attempt("reserve", step.getAttempt());
                            return step.getAttempt() < 3
                                    ? WaitForConditionResult.continuePolling("")
                                    : WaitForConditionResult.stopPolling(DONE);
                        },
                        everyMinute));
    }

    static Program await() {
        return program(hand -> {
            DurableCallbackFuture<String> callback =
                    hand.context().createCallback("await:reserve", String.class, AN_HOUR);
            hand.step("reserve");
            try {
                return callback.get();
            } catch (CallbackTimeoutException nobody) {
                return NO;
            }
        });
    }

    static Program awaitAsDocumented() {
        return program(hand -> {
            try {
                return hand.context()
                        .waitForCallback(
                                "reserve",
                                String.class,
                                (id, step) -> hand.world().attempt("reserve", step.getAttempt()),
                                AS_DOCUMENTED);
            } catch (CallbackTimeoutException nobody) {
                return NO;
            }
        });
    }

    static Program invoke() {
        return program(hand -> hand.context().invoke("charge", "charge:1", "books", String.class));
    }

    static Program parkedStep() {
        return program(hand -> parkedStep(hand, false));
    }

    static Program parkedStepAsDocumented() {
        return program(hand -> parkedStep(hand, true));
    }

    private static String parkedStep(Hand hand, boolean asDocumented) {
        hand.step("reserve");
        hand.step("charge", attempt -> NO);
        decision(hand, asDocumented);
        return hand.step("ship");
    }

    static Program parkedUndo() {
        return program(hand -> parkedUndo(hand, false));
    }

    static Program parkedUndoAsDocumented() {
        return program(hand -> parkedUndo(hand, true));
    }

    private static String parkedUndo(Hand hand, boolean asDocumented) {
        hand.step("reserve");
        hand.step("charge");
        hand.step("ship", attempt -> NO);
        hand.step("undo:charge", attempt -> FAILED);
        decision(hand, asDocumented);
        return hand.step("undo:reserve");
    }

    /** Whoever decides looks for open callbacks: nobody has to be told. */
    private static void decision(Hand hand, boolean asDocumented) {
        if (asDocumented) {
            hand.context().waitForCallback("decide:charge", JsonNode.class, (id, step) -> {}, AS_DOCUMENTED);
        } else {
            hand.context()
                    .createCallback("decide:charge", JsonNode.class, AN_HOUR)
                    .get();
        }
    }
}
