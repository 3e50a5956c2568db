package io.durablesaga.lambda;

/**
 * What was recorded of an execution does not match the definition that this function version has. Nothing has run and nothing was
 * undone; the service invokes again, so the execution goes on once the right definition is back.
 */
public final class ExecutionHalted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a cause: Lambda logs what is thrown, and what did not read may hold payload. */
    ExecutionHalted(String message) {
        super(message);
    }
}
