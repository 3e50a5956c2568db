package io.durablesaga.lambda;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.lambda.durable.exception.UnrecoverableDurableExecutionException;
import software.amazon.lambda.durable.execution.ExecutionManager;

/** What is known of an execution's records beyond what the SDK tells of them. Thread-safe. */
interface Records {
    /** Whether all that was recorded is known. In somebody else's handler it is not. */
    boolean complete();

    /** Whether anything is known to have been recorded before. */
    boolean any();

    /** What was recorded of this operation before, or null. */
    @Nullable
    Recorded find(String operationId);

    /** Whether this operation was recorded before. */
    default boolean holds(String operationId) {
        return find(operationId) != null;
    }

    /** How many attempts of this operation had failed before, and were not cut short; empty where that is not known. */
    OptionalInt failures(String operationId);

    /** Whether an earlier incarnation was handed the outcome of this operation too. */
    boolean told(String operationId);

    /** This run has come to this operation. */
    void reach(String operationId);

    /** Whether this run has come to every operation that was recorded before. */
    boolean allReached();

    /** Throws if this incarnation is over. */
    void requireCurrent();

    /** Ends this incarnation; what is returned is to be thrown. */
    UnrecoverableDurableExecutionException end(Throwable cause);

    /** How much of an execution's time is left, or null where that is not known. */
    @Nullable
    Duration left(Duration timeout, Instant now);

    /** An operation as it was recorded. */
    record Recorded(OperationType type, String name, boolean ended, OptionalInt failures) {
        static Recorded of(Operation operation) {
            return new Recorded(
                    operation.type(),
                    String.valueOf(operation.name()),
                    ExecutionManager.isTerminalStatus(operation.status()),
                    FailedAttempts.in(operation));
        }

        @Override
        public String toString() {
            return type.toString().toLowerCase(Locale.ROOT) + " '" + name + "'";
        }
    }

    /** Nothing is known. */
    static Records unknown() {
        return new Records() {
            @Override
            public boolean complete() {
                return false;
            }

            @Override
            public boolean any() {
                return false;
            }

            @Override
            public @Nullable Recorded find(String operationId) {
                return null;
            }

            @Override
            public OptionalInt failures(String operationId) {
                return OptionalInt.empty();
            }

            @Override
            public boolean told(String operationId) {
                return false;
            }

            @Override
            public void reach(String operationId) {}

            @Override
            public boolean allReached() {
                return true;
            }

            @Override
            public void requireCurrent() {}

            @Override
            public UnrecoverableDurableExecutionException end(Throwable cause) {
                return new Interrupted(cause);
            }

            @Override
            public @Nullable Duration left(Duration timeout, Instant now) {
                return null;
            }
        };
    }
}
