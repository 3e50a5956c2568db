package io.durablesaga.engine;

import java.util.Objects;

/**
 * Which execution an incarnation works on.
 *
 * @param id unique among all executions there ever are, also after a name is used again
 * @param name what it was started under
 */
public record ExecutionIdentity(String id, String name) {
    /** Both are required. */
    public ExecutionIdentity {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
    }
}
