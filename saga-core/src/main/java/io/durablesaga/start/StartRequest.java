package io.durablesaga.start;

import java.time.Duration;
import java.util.Objects;

/**
 * An execution to start.
 *
 * @param name what it is called
 * @param payload the saga's input, as JSON
 * @param within how long the answer may take; what takes longer {@linkplain Failed has failed}, and may have started all the same
 */
public record StartRequest(String name, String payload, Duration within) {
    /** The name is legal, the time positive. */
    public StartRequest {
        Objects.requireNonNull(payload, "payload");
        if (!ExecutionName.isLegal(name)) {
            throw new IllegalArgumentException(
                    "execution '" + name + "': malformed name; use 1 to 64 letters, digits, '-' or '_'");
        }
        if (within.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "execution '" + name + "': within " + within + "; at least a millisecond");
        }
    }
}
