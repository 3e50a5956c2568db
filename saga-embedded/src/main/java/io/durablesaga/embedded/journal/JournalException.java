package io.durablesaga.embedded.journal;

import org.jspecify.annotations.Nullable;

/**
 * The records cannot be read or written: the message names the file, what was seen and what to do. Nothing that was recorded
 * is lost by it; executions go on once the cause is gone.
 */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what to do, and the cause if there is one. */
    public JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
