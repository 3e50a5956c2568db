package io.durablesaga.lambda.byhand;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.lambda.Handlers;
import io.durablesaga.lambda.LambdaSettings;
import io.durablesaga.lambda.service.DurableService;
import io.durablesaga.lambda.service.ExecutionView;
import io.durablesaga.lambda.service.FunctionUnderTest;
import io.durablesaga.lambda.service.ServiceSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.lambda.durable.DurableConfig;
import software.amazon.lambda.durable.DurableContext;
import software.amazon.lambda.durable.TypeToken;
import software.amazon.lambda.durable.execution.DurableExecutor;

/**
 * One purchase under everything that can go wrong between a function and the service, at every call and on both sides of it: on
 * the library it must come out as if nothing had, and what people write by hand must not, or this test would see nothing.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultMatrixTest {
    private static final List<String> DECLINING = List.of("nobody", "charge", "ship");
    private static final String INPUT = "{\"item\":\"cup\",\"cents\":2900,\"card\":\"card-7\"}";

    /** What came of the flow at one point of the matrix. */
    private record Run(
            String declining, String point, boolean happened, ExecutionStatus status, List<String> wrong, String end) {}

    /** One way of writing the flow. */
    private interface Flow {
        FunctionUnderTest function(Services services, Clock clock);
    }

    @Test
    void a_saga_on_the_library_ends_right_whatever_goes_wrong_at_any_call() {
        List<Run> runs = explore(FaultMatrixTest::onTheLibrary);

        assertThat(runs).hasSizeGreaterThan(200);
        assertThat(runs).filteredOn(run -> !run.wrong().isEmpty()).isEmpty();
        assertThat(runs)
                .filteredOn(run -> run.status() != ExecutionStatus.SUCCEEDED)
                .isEmpty();
    }

    @Test
    void a_handler_that_catches_everything_undoes_orders_that_then_go_through() {
        List<Run> runs = explore(FaultMatrixTest::carelessly);

        assertThat(runs)
                .filteredOn(run -> run.status() == ExecutionStatus.SUCCEEDED
                        && run.wrong().stream().anyMatch(wrong -> wrong.contains("the order went through")))
                .isNotEmpty();
    }

    @Test
    void a_careful_handler_is_failed_by_the_SDK_where_the_library_is_not() {
        List<Run> runs = explore(FaultMatrixTest::byHand);

        assertThat(runs)
                .filteredOn(run ->
                        run.status() == ExecutionStatus.FAILED && !run.wrong().isEmpty())
                .isNotEmpty();
    }

    private static List<Run> explore(Flow flow) {
        List<Run> runs = new ArrayList<>();
        for (String declining : DECLINING) {
            for (Trouble trouble : Trouble.values()) {
                for (boolean after : trouble.sides()) {
                    int call = 1;
                    Run run = run(flow, declining, trouble, after, call);
                    while (run.happened()) {
                        runs.add(run);
                        run = run(flow, declining, trouble, after, ++call);
                    }
                }
            }
        }
        return runs;
    }

    private static Run run(Flow flow, String declining, Trouble trouble, boolean after, int call) {
        Books books = new Books(declining);
        try (DurableService service = new DurableService(ServiceSettings.DEFAULT.failures(20))) {
            TroubleAt at = new TroubleAt(service, trouble, call, after);
            service.register("purchase", flow.function(books, service.clock()));
            service.interfere(at);
            service.start("purchase", "purchase-1", INPUT);
            service.settle();
            for (int waits = 0; service.execution("purchase-1").nextTimer() != null && waits < 200; waits++) {
                service.advance(Duration.ofSeconds(60));
                service.settle();
            }
            ExecutionView view = service.execution("purchase-1");
            String end = String.valueOf(view.result()) + view.error();
            boolean completed = view.status() == ExecutionStatus.SUCCEEDED
                    && !end.contains("undone")
                    && !end.contains("compensated");
            return new Run(
                    declining,
                    "declining " + declining + ", " + trouble + (after ? " after" : " before") + " call " + call,
                    at.happened(),
                    view.status(),
                    completed ? books.wrongIfCompleted() : books.wrongIfUndone(),
                    end);
        }
    }

    private static FunctionUnderTest onTheLibrary(Services services, Clock clock) {
        return Handlers.function(
                settings -> new OnTheLibrary(services, settings),
                LambdaSettings.defaults().executionTimeout(Duration.ofDays(30)).clock(clock));
    }

    private static FunctionUnderTest byHand(Services services, Clock clock) {
        return handler(new ByHand(services)::handleRequest);
    }

    private static FunctionUnderTest carelessly(Services services, Clock clock) {
        return handler(new ByHandCarelessly(services)::handleRequest);
    }

    private static FunctionUnderTest handler(BiFunction<Purchase, DurableContext, String> handler) {
        return (input, client, bodies) -> DurableExecutor.execute(
                input,
                null,
                TypeToken.get(Purchase.class),
                handler,
                DurableConfig.builder()
                        .withDurableExecutionClient(client)
                        .withExecutorService(bodies)
                        .build());
    }
}
