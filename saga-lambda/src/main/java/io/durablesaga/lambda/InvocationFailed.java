package io.durablesaga.lambda;

import org.jspecify.annotations.Nullable;

/**
 * An invocation could not go on: the service was busy, a connection was lost, another invocation has taken over. Says nothing about
 * the saga; the service invokes again.
 */
public final class InvocationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvocationFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
