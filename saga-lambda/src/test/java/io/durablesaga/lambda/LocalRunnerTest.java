package io.durablesaga.lambda;

import static io.durablesaga.StepOptions.with;
import static io.durablesaga.Undo.undo;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Retries;
import io.durablesaga.Saga;
import io.durablesaga.SagaBuilder;
import io.durablesaga.StepKey;
import io.durablesaga.StepRejected;
import io.durablesaga.Within;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.lambda.durable.DurableConfig;
import software.amazon.lambda.durable.TypeToken;
import software.amazon.lambda.durable.model.ExecutionStatus;
import software.amazon.lambda.durable.testing.LocalDurableTestRunner;
import software.amazon.lambda.durable.testing.TestResult;
import software.amazon.lambda.durable.testing.local.LocalMemoryExecutionClient;

/** Sagas in the SDK's own local test runner, as users test them. */
class LocalRunnerTest {
    private static final StepKey<String> ROOM = StepKey.of("book-room", String.class);
    private static final StepKey<String> FLIGHT = StepKey.of("book-flight", String.class);
    private static final StepKey<String> VISA = StepKey.of("visa", String.class);

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    record Trip(String traveller, boolean full) {}

    private static final class TripHandler extends SagaHandler<Trip, String> {
        TripHandler(Saga<Trip, String> saga) {
            super(
                    saga,
                    LambdaSettings.defaults()
                            .executionTimeout(Duration.ofDays(30))
                            .sdk(DurableConfig.builder()
                                    .withDurableExecutionClient(new LocalMemoryExecutionClient())
                                    .build()));
        }
    }

    private Saga<Trip, String> trip() {
        return SagaBuilder.saga("trip", Trip.class)
                .step(ROOM, s -> call("room for " + s.input().traveller()), undo((s, effect) -> call("no room")))
                .step(
                        FLIGHT,
                        with().retry(Retries.every(Duration.ofSeconds(1), 3)),
                        s -> {
                            if (s.input().full()) {
                                throw new StepRejected("full");
                            }
                            if (s.attempt() < 3) {
                                call("flight attempt " + s.attempt());
                                throw new IllegalStateException("busy");
                            }
                            return call("flight");
                        },
                        undo((s, effect) -> call("no flight")))
                .returning(String.class, v -> v.result(ROOM) + ", " + v.result(FLIGHT));
    }

    private String call(String what) {
        calls.add(what);
        return what;
    }

    private TestResult<SagaResult<String>> run(TripHandler handler, Trip input) {
        return LocalDurableTestRunner.create(Trip.class, handler::handleRequest, handler.configuration())
                .withOutputType(new TypeToken<SagaResult<String>>() {})
                .runUntilComplete(input);
    }

    @Test
    void a_saga_completes_over_its_retries() {
        TestResult<SagaResult<String>> result = run(new TripHandler(trip()), new Trip("Ada", false));

        assertThat(result.getStatus()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(result.getResult()).isEqualTo(new SagaResult.Completed<>("trip", "room for Ada, flight"));
        assertThat(calls).containsExactly("room for Ada", "flight attempt 1", "flight attempt 2", "flight");
        assertThat(result.getOperations()).hasSize(2);
    }

    @Test
    void a_rejected_step_has_what_came_before_undone_and_looks_failed() {
        TestResult<SagaResult<String>> result = run(new TripHandler(trip()), new Trip("Ada", true));

        assertThat(result.getResult()).isInstanceOf(SagaResult.Compensated.class);
        assertThat(calls).containsExactly("room for Ada", "no room");
        assertThat(result.getOperations()).hasSize(3);
        assertThat(result.getOperation("book-flight").getStatus()).isEqualTo(OperationStatus.FAILED);
    }

    @Test
    void a_callback_is_answered_through_the_runner() {
        Saga<Trip, String> saga = SagaBuilder.saga("visa-trip", Trip.class)
                .await(
                        VISA,
                        Within.within(Duration.ofDays(2)),
                        (s, id) -> call("asked"),
                        undo((s, effect) -> call("withdrawn")))
                .returning(String.class, v -> v.result(VISA));
        TripHandler handler = new TripHandler(saga);
        var runner = LocalDurableTestRunner.create(Trip.class, handler::handleRequest, handler.configuration())
                .withOutputType(new TypeToken<SagaResult<String>>() {});

        assertThat(runner.runUntilComplete(new Trip("Ada", false)).getStatus()).isEqualTo(ExecutionStatus.PENDING);
        runner.completeCallback(runner.getCallbackId("await:visa"), "\"granted\"");

        assertThat(runner.runUntilComplete(new Trip("Ada", false)).getResult())
                .isEqualTo(new SagaResult.Completed<>("visa-trip", "granted"));
        assertThat(calls).containsExactly("asked");
    }
}
