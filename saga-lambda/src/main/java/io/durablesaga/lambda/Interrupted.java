package io.durablesaga.lambda;

import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.lambda.durable.exception.UnrecoverableDurableExecutionException;

/** This invocation cannot go on, though the execution can: the SDK hands it to the service, which invokes again. */
final class Interrupted extends UnrecoverableDurableExecutionException {
    private static final long serialVersionUID = 1L;
    private final Throwable reason; // not the cause, which the SDK's exception has settled to be none

    Interrupted(Throwable reason) {
        super(
                ErrorObject.builder()
                        .errorType(reason.getClass().getName())
                        .errorMessage(String.valueOf(reason.getMessage()))
                        .build(),
                true);
        this.reason = reason;
    }

    /** What it cannot go on for. */
    Throwable reason() {
        return reason;
    }
}
