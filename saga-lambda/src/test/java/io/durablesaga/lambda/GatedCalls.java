package io.durablesaga.lambda;

import io.durablesaga.engine.StepCall;
import io.durablesaga.lambda.service.Call;
import io.durablesaga.lambda.service.Change;
import io.durablesaga.lambda.service.Interference;
import io.durablesaga.lambda.service.Refusals;
import io.durablesaga.testing.engine.RecordGate;
import io.durablesaga.testing.engine.RecordGate.WriteFailed;
import io.durablesaga.testing.engine.RecordGate.Written;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationAction;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import software.amazon.lambda.durable.exception.StepInterruptedException;

/**
 * Has every write to the service pass a gate: what fails there fails the way the service or the way to it does. What the service
 * itself has ended counts as written with what an invocation writes next, since no invocation has acted on it before.
 */
record GatedCalls(RecordGate gate) implements Interference {

    @Override
    public void before(Call call) {
        ask(call, gate::before);
    }

    @Override
    public void after(Call call) {
        ask(call, gate::after);
    }

    private static void ask(Call call, Consumer<List<Written>> question) {
        if (!call.isWrite()) {
            return;
        }
        try {
            question.accept(Stream.concat(
                            call.ended().stream().map(operation -> ended(call.execution(), operation)),
                            call.changes().stream().map(change -> written(call.execution(), change)))
                    .toList());
        } catch (WriteFailed failed) {
            throw switch (failed.how()) {
                case THROTTLED -> Refusals.throttled();
                case CONNECTION_LOST -> Refusals.connectionLost();
                case STALE -> Refusals.invalidToken();
            };
        }
    }

    private static Written ended(String execution, Operation operation) {
        return new Written(
                execution,
                RecordedAs.kind(operation),
                RecordedAs.name(operation),
                RecordedAs.operation(operation).outcome(),
                1);
    }

    private static Written written(String execution, Change change) {
        Operation operation = change.operation();
        String kind = RecordedAs.kind(operation);
        boolean look = kind.equals(StepCall.Kind.POLL.name());
        return new Written(
                execution,
                kind,
                RecordedAs.name(operation),
                interruption(change.update())
                        ? "INTERRUPTED"
                        : event(change.update().action(), operation, look),
                attempt(change));
    }

    /** Whether this says that the attempt before was cut short, which is no failure of it. */
    private static boolean interruption(OperationUpdate update) {
        return update.action() == OperationAction.RETRY
                && StepInterruptedException.isStepInterruptedException(update.error());
    }

    private static String event(OperationAction action, Operation operation, boolean look) {
        return switch (action) {
            case START -> operation.stepDetails() == null ? "OPENED" : "STARTED";
            case SUCCEED -> "COMPLETED";
            case FAIL -> "FAILED";
            case RETRY -> look ? "AGAIN" : "RETRY";
            default -> throw new AssertionError("a saga does not " + action);
        };
    }

    /** The service counts the attempts that have ended. */
    private static int attempt(Change change) {
        var details = change.operation().stepDetails();
        if (details == null) {
            return 1;
        }
        return change.update().action() == OperationAction.START ? details.attempt() + 1 : details.attempt();
    }
}
