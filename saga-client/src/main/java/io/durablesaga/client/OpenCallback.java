package io.durablesaga.client;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A callback that nobody has answered yet.
 *
 * @param path the node that waits
 * @param id what it is answered by
 * @param decision whether it waits for a decision
 * @param until when it ends by itself, or null where the service did not say; a missed heartbeat may end it before
 */
public record OpenCallback(
        String path, String id, boolean decision, @Nullable Instant until) {
    /** Path and id are required. */
    public OpenCallback {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(id, "id");
    }
}
