package io.durablesaga;

/**
 * Thrown by a body to say that the effect surely did not happen. On the first attempt it settles the step as rejected; after
 * an earlier attempt that may have had an effect the outcome is unknown all the same, unless the step {@linkplain
 * StepOptions#providerReplays() says} that its provider repeats its first answer.
 */
public class StepRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what the provider said. */
    public StepRejected(String message) {
        super(message);
    }

    /** With what the provider said and what it threw. */
    public StepRejected(String message, Throwable cause) {
        super(message, cause);
    }
}
