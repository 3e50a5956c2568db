package io.durablesaga.lambda.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.lambda.durable.DurableConfig;
import software.amazon.lambda.durable.DurableContext;
import software.amazon.lambda.durable.TypeToken;
import software.amazon.lambda.durable.config.CallbackConfig;
import software.amazon.lambda.durable.config.StepConfig;
import software.amazon.lambda.durable.config.StepSemantics;
import software.amazon.lambda.durable.execution.DurableExecutor;
import software.amazon.lambda.durable.retry.RetryDecision;
import software.amazon.lambda.durable.retry.RetryStrategy;

/** The durable SDK as it is, on this service: what it sends is in order, and what it is told makes it go on. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class SdkHandlerTest {
    static final RetryStrategy TWICE =
            (error, attempt) -> attempt < 3 ? RetryDecision.retry(Duration.ofSeconds(10)) : RetryDecision.fail();

    static final StepConfig AT_MOST_ONCE = StepConfig.builder()
            .semanticsPerRetry(StepSemantics.AT_MOST_ONCE_PER_RETRY)
            .retryStrategy(TWICE)
            .build();

    static final StepConfig AT_LEAST_ONCE =
            StepConfig.builder().retryStrategy(TWICE).build();

    final DurableService service = new DurableService(ServiceSettings.DEFAULT);

    final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        service.close();
    }

    void register(String name, BiFunction<String, DurableContext, Object> handler) {
        service.register(
                name,
                (input, client, bodies) -> DurableExecutor.execute(
                        input,
                        null,
                        TypeToken.get(String.class),
                        handler,
                        DurableConfig.builder()
                                .withDurableExecutionClient(client)
                                .withExecutorService(bodies)
                                .build()));
    }

    void start() {
        service.start("order", "order-1", "\"books\"");
        service.settle();
    }

    void advance(int seconds) {
        service.advance(Duration.ofSeconds(seconds));
        service.settle();
    }

    ExecutionView execution() {
        return service.execution("order-1");
    }

    String does(String what) {
        ran.add(what);
        return "did " + what;
    }

    void assertSucceeded(String result) {
        assertThat(execution().error()).isNull();
        assertThat(execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution().result()).isEqualTo("\"" + result + "\"");
    }

    List<String> operations() {
        return execution().operations().stream().map(SdkHandlerTest::told).toList();
    }

    static String told(Operation operation) {
        return operation.name() + " " + operation.status()
                + (operation.stepDetails() == null
                        ? ""
                        : " " + operation.stepDetails().attempt());
    }

    static CallbackConfig within(int seconds) {
        return CallbackConfig.builder().timeout(Duration.ofSeconds(seconds)).build();
    }

    static void awaitOpen(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
