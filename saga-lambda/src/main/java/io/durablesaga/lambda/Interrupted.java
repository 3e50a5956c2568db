package io.durablesaga.lambda;

import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.lambda.durable.exception.UnrecoverableDurableExecutionException;

/** This invocation cannot go on, though the execution can: the SDK hands it to the service, which invokes again. */
final class Interrupted extends UnrecoverableDurableExecutionException {
    private static final long serialVersionUID = 1L;

    Interrupted(Throwable cause) {
        super(
                ErrorObject.builder()
                        .errorType(cause.getClass().getName())
                        .errorMessage(String.valueOf(cause.getMessage()))
                        .build(),
                true);
        initCause(cause);
    }
}
