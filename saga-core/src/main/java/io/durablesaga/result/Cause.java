package io.durablesaga.result;

import java.util.Objects;

/**
 * What stopped a saga.
 *
 * @param path the node that failed
 * @param failure how
 */
public record Cause(String path, Failure failure) {
    /** Both parts are required. */
    public Cause {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(failure, "failure");
    }
}
