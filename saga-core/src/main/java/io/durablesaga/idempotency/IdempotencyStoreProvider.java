package io.durablesaga.idempotency;

/**
 * Opens a store of which only a table's name is known, for what is configured and not programmed. A module that has stores provides one
 * to {@link java.util.ServiceLoader}; no configuration names a class.
 */
@FunctionalInterface
public interface IdempotencyStoreProvider {
    /**
     * The store in this table, reached as the process's surroundings say.
     *
     * @throws RuntimeException if they do not say enough
     */
    IdempotencyStore open(String table);
}
