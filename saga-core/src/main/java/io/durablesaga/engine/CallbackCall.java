package io.durablesaga.engine;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A callback to open.
 *
 * @param name the operation's name
 * @param path the node it belongs to
 * @param timeout the longest wait
 * @param heartbeat the longest silence, or null
 * @param decision whether it parks the execution for a person's {@link Decision}
 */
public record CallbackCall(
        String name,
        String path,
        Duration timeout,
        @Nullable Duration heartbeat,
        boolean decision) {
    /** Name, path and timeout are required. */
    public CallbackCall {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(timeout, "timeout");
    }
}
