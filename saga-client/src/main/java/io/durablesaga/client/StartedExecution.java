package io.durablesaga.client;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An execution that surely exists: started now, or before under the same name with the same input. The service does not tell
 * which, so this does not either.
 *
 * @param name what it was started under
 * @param arn what the service calls it, or null if it did not say
 */
public record StartedExecution(String name, @Nullable String arn) {
    /** The name is required. */
    public StartedExecution {
        Objects.requireNonNull(name, "name");
    }
}
