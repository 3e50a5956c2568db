package io.durablesaga.dynamodb.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.durablesaga.StepRejected;
import io.durablesaga.claimcheck.ClaimCheck;
import io.durablesaga.claimcheck.FolderClaimCheck;
import io.durablesaga.dynamodb.AesSeal;
import io.durablesaga.dynamodb.DynamoDbIdempotencyStore;
import io.durablesaga.dynamodb.IdempotencyTable;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The settings that docs/idempotency.md shows do what it says of them. */
@ExtendWith(LocalDynamoDb.Extension.class)
class SettingsOnPageTest {
    /** Sold out, for now. */
    private static final class OutOfStock extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** No, for good. */
    private static final class CardDeclined extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final String run = UUID.randomUUID().toString();

    @Test
    void what_an_effect_says_of_itself_settles_its_key(LocalDynamoDb dynamo) throws Exception {
        DynamoDbClient client = dynamo.client();
        TestTables.createIfMissing(client, IdempotencyTable.named("effects"));
        IdempotencyStore store = DynamoDbIdempotencyStore.over(client, IdempotencyTable.named("effects"));
        Set<String> terminated = new HashSet<>();
        // idempotency.md: what settles a key
        Once once = Once.over(store)
                .lease(Duration.ofSeconds(30))
                .releasedBy(OutOfStock.class) // surely no effect: the key is given back, and may be claimed again
                .settledBy(CardDeclined.class) // surely no effect, for good: whoever asks again is rejected
                .takingOverWhere(owner -> terminated.contains(owner));
        // idempotency.md: end

        assertThatExceptionOfType(OutOfStock.class).isThrownBy(() -> failing(once, "released", new OutOfStock()));
        assertThat(had(once, "released", "somebody else")).isEqualTo(1);
        assertThatExceptionOfType(CardDeclined.class).isThrownBy(() -> failing(once, "settled", new CardDeclined()));
        assertThatExceptionOfType(StepRejected.class).isThrownBy(() -> had(once, "settled", "somebody else"));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> failing(once, "open", new IllegalStateException()));
        terminated.add("owner");
        assertThat(had(once, "open", "somebody else")).isEqualTo(1);
    }

    @Test
    void results_are_sealed_and_large_ones_kept_elsewhere(@TempDir Path folder) {
        ClaimCheck claimCheck = new FolderClaimCheck(folder);
        SecretKey secret = new SecretKeySpec(new byte[32], "AES");
        SecretKey lastYears = new SecretKeySpec(new byte[16], "AES");
        // idempotency.md: results
        IdempotencyTable table = IdempotencyTable.named("effects")
                .retention(Duration.ofDays(400))
                .sealedBy(AesSeal.with("2026", secret).opening("2025", lastYears))
                .largeResultsIn(claimCheck, 10_000);
        // idempotency.md: end

        assertThat(table.name()).isEqualTo("effects"); // what these do: StoredResultTest, TableTest
    }

    private int had(Once once, String key, String owner) throws Exception {
        return once.run(EffectKey.of(run + key, owner, Integer.class), OnUnknown.again(), () -> 1);
    }

    private void failing(Once once, String key, Exception failure) throws Exception {
        once.run(EffectKey.of(run + key, "owner", Integer.class), OnUnknown.again(), () -> {
            throw failure;
        });
    }
}
