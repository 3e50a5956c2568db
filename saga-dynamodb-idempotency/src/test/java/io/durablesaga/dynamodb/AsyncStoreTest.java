package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

@ExtendWith(LocalDynamoDb.Extension.class)
final class AsyncStoreTest {
    @Test
    void a_result_that_is_too_large_fails_the_future_and_leaves_the_claim(LocalDynamoDb dynamoDb) {
        IdempotencyTable table =
                IdempotencyTable.named("effects-" + UUID.randomUUID()).maxResultBytes(4);
        TestTables.createIfMissing(dynamoDb.client(), table);
        try (DynamoDbAsyncClient client = dynamoDb.asyncClient()) {
            DynamoDbAsyncIdempotencyStore store = DynamoDbAsyncIdempotencyStore.over(client, table);
            Request request = Request.of("k", "k", Duration.ofMinutes(1));
            Claim.Granted claim = (Claim.Granted) store.claim(request).join();
            CompletableFuture<Boolean> tooLarge = store.complete(claim, "12345");
            assertThatThrownBy(tooLarge::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(StoreException.ResultTooLarge.class);
            assertThat(store.complete(claim, "1234").join()).isTrue();
            assertThat(store.claim(request).join()).isEqualTo(new Claim.Completed("1234"));
        }
    }
}
