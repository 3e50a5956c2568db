package io.durablesaga.engine;

import java.util.Objects;

/**
 * Another durable function to run.
 *
 * @param name the operation's name
 * @param target the function
 * @param key what makes the call happen once; not needed where the engine's own operation does
 * @param payload its input, JSON
 */
public record InvokeCall(String name, String target, String key, String payload) {
    /** All parts are required. */
    public InvokeCall {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(payload, "payload");
    }
}
