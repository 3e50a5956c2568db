package io.durablesaga.dynamodb;

import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.IdempotencyStoreProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Opens a {@linkplain IdempotencyTable#named table of its own} in the region and with the credentials that the process's surroundings
 * give.
 */
public final class DynamoDbIdempotencyStoreProvider implements IdempotencyStoreProvider {
    /** For {@link java.util.ServiceLoader}. */
    public DynamoDbIdempotencyStoreProvider() {}

    @Override
    public IdempotencyStore open(String table) {
        IdempotencyTable named = IdempotencyTable.named(table);
        return DynamoDbIdempotencyStore.over(DynamoDbClient.create(), named);
    }
}
