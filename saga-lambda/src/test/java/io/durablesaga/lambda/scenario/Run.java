package io.durablesaga.lambda.scenario;

import io.durablesaga.lambda.service.Call;
import io.durablesaga.lambda.service.DurableService;
import io.durablesaga.lambda.service.ExecutionView;
import io.durablesaga.lambda.service.FunctionUnderTest;
import io.durablesaga.lambda.service.ServiceSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ExecutionStatus;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.lambda.durable.model.DurableExecutionInput;
import software.amazon.lambda.durable.model.DurableExecutionOutput;

/**
 * What came of a scenario.
 *
 * @param end how its execution has ended
 * @param checkpoints the calls that wrote something, in this order
 * @param states what a function was handed, or would have been had it been invoked once more, in this order
 * @param attempts which bodies have run, in this order
 */
public record Run(
        ExecutionView end, List<Call> checkpoints, List<DurableExecutionInput> states, List<World.Attempt> attempts) {
    private static final String FUNCTION = "saga";
    private static final String NAME = "execution";

    /** From the start to the end. */
    public static Run of(Scenario scenario) {
        try (DurableService service = new DurableService(ServiceSettings.DEFAULT)) {
            World world = new World();
            Watch watch = watched(scenario, service, world, scenario.interruptedAt());
            service.start(FUNCTION, NAME, scenario.input());
            return toItsEnd(scenario, service, world, watch);
        }
    }

    /** From a state that was recorded to the end, without interruptions. */
    public static Run from(Scenario scenario, DurableExecutionInput state) {
        try (DurableService service = new DurableService(ServiceSettings.DEFAULT)) {
            World world = new World();
            if (state.initialExecutionState().operations().stream().anyMatch(Run::answered)) {
                world.answer();
            }
            Watch watch = watched(scenario, service, world, null);
            service.resume(state);
            return toItsEnd(scenario, service, world, watch);
        }
    }

    private static Watch watched(
            Scenario scenario, DurableService service, World world, @Nullable String interruptedAt) {
        Watch watch = new Watch(service, NAME, interruptedAt);
        FunctionUnderTest program = scenario.program().over(world, service.clock());
        service.register(FUNCTION, (input, client, bodies) -> {
            watch.invoked(input);
            return program.invoke(input, client, bodies);
        });
        scenario.functions().forEach((name, end) -> service.register(name, invoked(end)));
        service.interfere(watch);
        return watch;
    }

    private static FunctionUnderTest invoked(DurableExecutionOutput end) {
        return (input, client, bodies) -> end;
    }

    private static Run toItsEnd(Scenario scenario, DurableService service, World world, Watch watch) {
        service.settle();
        ExecutionView execution = service.execution(NAME);
        while (execution.status() == ExecutionStatus.RUNNING) {
            Optional<Operation> callback =
                    execution.operations().stream().filter(Run::open).findFirst();
            if (scenario.answer() != null && callback.isPresent()) {
                world.answer();
                service.complete(callback.get().callbackDetails().callbackId(), scenario.answer());
            } else {
                service.advance(untilNext(execution, service.now()));
            }
            service.settle();
            execution = service.execution(NAME);
        }
        return new Run(execution, watch.checkpoints(), watch.states(), world.attempts());
    }

    private static Duration untilNext(ExecutionView execution, Instant now) {
        Instant next = execution.nextTimer();
        if (next == null) {
            throw new AssertionError("nothing is left that would let it go on: " + execution);
        }
        return Duration.between(now, next);
    }

    private static boolean open(Operation operation) {
        return operation.type() == OperationType.CALLBACK && operation.status() == OperationStatus.STARTED;
    }

    private static boolean answered(Operation operation) {
        return operation.type() == OperationType.CALLBACK && operation.status() == OperationStatus.SUCCEEDED;
    }
}
