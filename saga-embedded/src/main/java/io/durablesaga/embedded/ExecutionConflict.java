package io.durablesaga.embedded;

/** The name is in use for another input or another saga: nothing was started. */
public final class ExecutionConflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what was seen. */
    public ExecutionConflict(String message) {
        super(message);
    }
}
