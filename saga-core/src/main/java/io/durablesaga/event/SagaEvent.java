package io.durablesaga.event;

import io.durablesaga.result.Cause;
import io.durablesaga.result.Failure;
import io.durablesaga.result.SagaResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Something that happened to an execution. */
public sealed interface SagaEvent {
    /** Which execution. */
    ExecutionRef execution();

    /** The first incarnation begins. */
    record Started(ExecutionRef execution) implements SagaEvent {}

    /** An attempt of a body failed; told before it is recorded, since that attempt never runs again. */
    record AttemptFailed(
            ExecutionRef execution,
            String path,
            boolean undo,
            int attempt,
            Failure failure,
            @Nullable Duration retryIn) implements SagaEvent {}

    /** A node completed. */
    record Completed(ExecutionRef execution, String path, int attempts) implements SagaEvent {}

    /** A node failed for good; before the pivot this starts the unwind. */
    record Failed(ExecutionRef execution, String path, int attempts, Failure failure) implements SagaEvent {}

    /** A callback is open. */
    record Waiting(ExecutionRef execution, String path, String callbackId) implements SagaEvent {}

    /** The decision to undo is durable. */
    record Unwinding(ExecutionRef execution, Cause cause) implements SagaEvent {}

    /** An effect is undone. */
    record Undone(ExecutionRef execution, String path, int attempts) implements SagaEvent {}

    /** An undo failed for good. */
    record UndoFailed(ExecutionRef execution, String path, int attempts, Failure failure) implements SagaEvent {}

    /** The execution waits for a person. */
    record Parked(ExecutionRef execution, String path, String decisionId) implements SagaEvent {}

    /** A person has decided, or nobody has in time. */
    record Decided(ExecutionRef execution, String path, String decision) implements SagaEvent {}

    /** The execution has ended. */
    record Ended(ExecutionRef execution, SagaResult<?> result) implements SagaEvent {}
}
