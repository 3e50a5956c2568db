package io.durablesaga.event;

import java.util.Objects;

/**
 * Which execution an event is of.
 *
 * @param saga the saga's name
 * @param id the execution's unique id
 * @param name what it was started under
 */
public record ExecutionRef(String saga, String id, String name) {
    /** All parts are required. */
    public ExecutionRef {
        Objects.requireNonNull(saga, "saga");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
    }
}
