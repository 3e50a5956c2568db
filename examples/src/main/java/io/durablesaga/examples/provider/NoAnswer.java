package io.durablesaga.examples.provider;

/** A provider did not answer. Whether it has done what it was asked for, nobody here knows. */
public final class NoAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what got lost. */
    public NoAnswer(String message) {
        super(message);
    }
}
