package io.durablesaga.client;

/** The name is in use, and not known to be for the same input: nothing was started. */
public final class ExecutionConflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what was seen, and what the service said. */
    public ExecutionConflict(String message, Throwable cause) {
        super(message, cause);
    }
}
