package io.durablesaga.dynamodb;

import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.IdempotencyStoreProvider;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Opens a {@linkplain IdempotencyTable#named table of its own} in the region and with the credentials that the process's surroundings
 * give, and waits no longer than some seconds for an answer.
 */
public final class DynamoDbIdempotencyStoreProvider implements IdempotencyStoreProvider {
    /** A request that takes longer is tried again; DynamoDB answers in milliseconds. */
    private static final Duration ATTEMPT = Duration.ofSeconds(2);

    /** Whoever waits has other records to start. */
    private static final Duration REQUEST = Duration.ofSeconds(8);

    /** For {@link java.util.ServiceLoader}. */
    public DynamoDbIdempotencyStoreProvider() {}

    @Override
    public IdempotencyStore open(String table) {
        IdempotencyTable named = IdempotencyTable.named(table);
        DynamoDbClient client = DynamoDbClient.builder()
                .overrideConfiguration(
                        settings -> settings.apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(REQUEST))
                .build();
        return DynamoDbIdempotencyStore.over(client, named);
    }
}
