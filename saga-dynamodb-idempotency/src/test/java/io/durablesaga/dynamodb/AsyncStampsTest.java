package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.Effect;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

@ExtendWith(LocalDynamoDb.Extension.class)
final class AsyncStampsTest {
    private final LocalDynamoDb dynamoDb;
    private final Accounts accounts;

    AsyncStampsTest(LocalDynamoDb dynamoDb) {
        this.dynamoDb = dynamoDb;
        accounts = new Accounts(dynamoDb);
    }

    @Test
    void effects_and_undos_happen_once_without_waiting_too() {
        accounts.open("a", 0);
        try (DynamoDbAsyncClient client = dynamoDb.asyncClient()) {
            AsyncStamps stamps = AsyncStamps.over(client)
                    .keepingFor(Duration.ofDays(1))
                    .atMost(2)
                    .attribute("marks")
                    .clock(() -> Instant.EPOCH);
            List<CompletableFuture<Stamped>> calls = IntStream.range(0, 16)
                    .mapToObj(i -> stamps.apply(accounts.add("a", 1), "k"))
                    .toList();
            assertThat(calls.stream().map(CompletableFuture::join))
                    .filteredOn(Stamped.Applied.class::isInstance)
                    .hasSize(1);
            Effect<String> action = new Effect<>("k", Optional.empty());
            assertThat(stamps.undo(accounts.add("a", -1), action).join()).isInstanceOf(StampedUndo.Applied.class);
            assertThat(Refusals.outcome(
                            () -> stamps.apply(accounts.add("a", 1), "k").join()))
                    .isEqualTo(new Refusal.Undone());
            Effect<String> never = new Effect<>("never", Optional.empty());
            assertThat(stamps.undo(accounts.add("a", -1), never).join()).isInstanceOf(StampedUndo.Nothing.class);
            assertThatThrownBy(stamps.apply(accounts.add("a", 1), "x")::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(StoreException.StampsFull.class);
            assertThat(accounts.item("a")).containsKeys("marks_0", "marks_at");
        }
        assertThat(accounts.balance("a")).isZero();
    }
}
