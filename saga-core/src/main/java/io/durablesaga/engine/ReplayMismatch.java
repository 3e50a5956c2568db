package io.durablesaga.engine;

import org.jspecify.annotations.Nullable;

/**
 * What was recorded does not match the definition. Machinery: the engine halts the execution, runs nothing, undoes nothing,
 * and goes on under the old definition.
 */
public final class ReplayMismatch extends Error {
    private static final long serialVersionUID = 1L;

    /** Names both sides. */
    public ReplayMismatch(String message) {
        super(message);
    }

    /** Names both sides, with what reading the record threw. */
    public ReplayMismatch(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
