package io.durablesaga.embedded.journal;

import org.jspecify.annotations.Nullable;

/**
 * The records cannot be read or written: the message names the file, what was seen and what to do. Nothing that was recorded
 * is lost by it; executions go on once the cause is gone.
 */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /** With what to do, and the cause if there is one. It may be over soon. */
    public JournalException(String message, @Nullable Throwable cause) {
        this(message, cause, true);
    }

    private JournalException(String message, @Nullable Throwable cause, boolean passing) {
        super(message, cause);
        this.passing = passing;
    }

    /** What is not over before somebody does what the message says. */
    public static JournalException lasting(String message, @Nullable Throwable cause) {
        return new JournalException(message, cause, false);
    }

    /** The same, thrown to whoever waits for what another thread does. */
    static JournalException elsewhere(JournalException thrown) {
        return new JournalException(String.valueOf(thrown.getMessage()), thrown, thrown.passing);
    }

    /**
     * Whether trying again may help: a full disk and a busy file may, a closed engine, a missing permission and a damaged file
     * do not.
     */
    public boolean passing() {
        return passing;
    }
}
