package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.durablesaga.claimcheck.ClaimCheck;
import io.durablesaga.claimcheck.FolderClaimCheck;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.IdempotencyStore.UndoRequest;
import io.durablesaga.idempotency.UndoClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A result stands in its record as it is, sealed, or as a reference, and reads back the same. */
@ExtendWith(LocalDynamoDb.Extension.class)
class StoredResultTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final String RESULT = "{\"card\":\"4111 1111 1111 1111\",\"name\":\"Zoë ☂\"}";

    @TempDir
    private Path folder;

    private DynamoDbClient client;
    private IdempotencyTable table;

    @BeforeEach
    void openTable(LocalDynamoDb dynamo) {
        client = dynamo.client();
        table = Effects.table(dynamo);
    }

    @Test
    void a_result_stands_in_clear_where_people_s_tools_look_for_it() {
        completed(table);

        assertThat(item()).containsEntry("data", AttributeValue.fromS(RESULT));
        assertThat(item()).containsEntry("status", AttributeValue.fromS("COMPLETED"));
        assertThat(item()).containsKeys("id", "expiration").doesNotContainKey("data_form");
    }

    @Test
    void a_sealed_result_shows_nothing_and_opens_again() {
        IdempotencyTable sealed = table.sealedBy(AesSeal.with("2026", secret(1)));
        completed(sealed);

        assertThat(item().get("data").s()).startsWith("2026.").doesNotContain("4111 1111");
        assertThat(item().toString()).doesNotContain("4111 1111").doesNotContain("Zoë");
        assertThat(claim(sealed, "k")).isEqualTo(new Claim.Completed(RESULT));
    }

    @Test
    void a_completion_said_twice_is_the_same_although_its_seal_is_not() {
        DynamoDbIdempotencyStore store = store(table.sealedBy(AesSeal.with("2026", secret(1))));
        Claim.Granted granted = (Claim.Granted) store.claim(Request.of("k", "owner", LEASE));

        assertThat(store.complete(granted, RESULT)).isTrue();
        assertThat(store.complete(granted, RESULT)).isTrue();
        assertThat(store.complete(granted, "another")).isFalse();
    }

    @Test
    void a_failure_for_good_is_sealed_too() {
        DynamoDbIdempotencyStore store = store(table.sealedBy(AesSeal.with("2026", secret(1))));
        store.fail((Claim.Granted) store.claim(Request.of("k", "owner", LEASE)), "card 4111 declined");

        assertThat(item().toString()).doesNotContain("4111 1111");
        assertThat(store.claim(Request.of("k", "owner", LEASE))).isEqualTo(new Claim.Failed("card 4111 declined"));
    }

    @Test
    void a_new_secret_seals_and_the_old_one_still_opens() {
        completed(table.sealedBy(AesSeal.with("2025", secret(1))));
        IdempotencyTable now = table.sealedBy(AesSeal.with("2026", secret(2)).opening("2025", secret(1)));

        assertThat(claim(now, "k")).isEqualTo(new Claim.Completed(RESULT));
        assertThatExceptionOfType(StoreException.ResultOutOfReach.class)
                .isThrownBy(() -> claim(table.sealedBy(AesSeal.with("2026", secret(2))), "k"))
                .withMessageContaining("sealed with a secret that is not among [2026]; add it with AesSeal.opening");
        assertThatExceptionOfType(StoreException.ResultOutOfReach.class)
                .isThrownBy(() -> claim(table, "k"))
                .withMessageContaining("it is sealed, and the table has no seal");
    }

    @Test
    void what_was_stored_in_clear_still_reads_once_there_is_a_seal() {
        completed(table);

        assertThat(claim(table.sealedBy(AesSeal.with("2026", secret(1))), "k")).isEqualTo(new Claim.Completed(RESULT));
    }

    @Test
    void a_sealed_result_does_not_open_under_another_key() {
        IdempotencyTable sealed = table.sealedBy(AesSeal.with("2026", secret(1)));
        completed(sealed);
        Map<String, AttributeValue> moved = new java.util.HashMap<>(item());
        moved.putAll(table.primaryKey("other"));
        client.putItem(put -> put.tableName(table.name()).item(moved));

        assertThatExceptionOfType(StoreException.ResultOutOfReach.class)
                .isThrownBy(() -> claim(sealed, "other"))
                .withMessageContaining("key other: it has come to an end, but what is stored of that cannot be read");
    }

    @Test
    void a_large_result_is_kept_elsewhere_and_a_small_one_is_not() throws IOException {
        IdempotencyTable checked = table.largeResultsIn(new FolderClaimCheck(folder), 1_000);
        String large = "x".repeat(1_000_000);
        complete(checked, "large", large);
        complete(checked, "small", "1");

        assertThat(claim(checked, "large")).isEqualTo(new Claim.Completed(large));
        assertThat(claim(checked, "small")).isEqualTo(new Claim.Completed("1"));
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
        assertThat(Effects.item(client, table, "large").get("data").s())
                .hasSizeLessThan(128)
                .startsWith("effects/");
    }

    @Test
    void a_large_result_that_is_sealed_is_sealed_where_it_is_kept() throws IOException {
        IdempotencyTable both =
                table.largeResultsIn(new FolderClaimCheck(folder), 10).sealedBy(AesSeal.with("2026", secret(1)));
        completed(both);

        assertThat(claim(both, "k")).isEqualTo(new Claim.Completed(RESULT));
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> kept = files.filter(Files::isRegularFile)
                    .map(StoredResultTest::read)
                    .toList();
            assertThat(kept).singleElement().satisfies(text -> assertThat(text).startsWith("2026."));
        }
    }

    @Test
    void what_is_kept_elsewhere_and_is_not_what_was_stored_is_no_result() throws IOException {
        IdempotencyTable checked = table.largeResultsIn(new FolderClaimCheck(folder), 10);
        completed(checked);
        Files.writeString(folder.resolve(item().get("data").s()), "{\"card\":\"another\"}");

        assertThatExceptionOfType(StoreException.ResultOutOfReach.class)
                .isThrownBy(() -> claim(checked, "k"))
                .withMessageContaining("the claim check has something else under effects/");
    }

    @Test
    void who_is_interrupted_while_a_result_is_fetched_stays_so() {
        IdempotencyTable checked = table.largeResultsIn(new FolderClaimCheck(folder), 10);
        completed(checked);
        ClaimCheck interrupted = new ClaimCheck() {
            @Override
            public void store(String key, String text) {
                throw new AssertionError("nothing is stored here");
            }

            @Override
            public String fetch(String key) throws InterruptedException {
                throw new InterruptedException("the attempt is over");
            }
        };

        assertThatExceptionOfType(StoreException.ResultOutOfReach.class)
                .isThrownBy(() -> claim(table.largeResultsIn(interrupted, 10), "k"));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void an_undo_knows_the_result_however_it_is_stored() {
        IdempotencyTable both =
                table.largeResultsIn(new FolderClaimCheck(folder), 10).sealedBy(AesSeal.with("2026", secret(1)));
        completed(both);

        assertThat(store(both).claimUndo(new UndoRequest("k", "owner", "undo", LEASE)))
                .isInstanceOfSatisfying(
                        UndoClaim.Granted.class,
                        undo -> assertThat(undo.action()).isEqualTo(new UndoClaim.Past.Completed(RESULT)));
    }

    @Test
    void an_undo_whose_result_does_not_read_has_kept_its_action_out_and_says_so() {
        completed(table.sealedBy(AesSeal.with("2025", secret(1))));

        assertThatExceptionOfType(StoreException.ResultOutOfReach.class)
                .isThrownBy(() -> store(table).claimUndo(new UndoRequest("k", "owner", "undo", LEASE)))
                .satisfies(failure -> assertThat(failure.mayBeWritten()).isTrue());
        assertThat(claim(table, "k")).isInstanceOf(Claim.Undone.class);
        assertThat(store(table.sealedBy(AesSeal.with("2025", secret(1))))
                        .claimUndo(new UndoRequest("k", "owner", "undo", LEASE)))
                .isInstanceOfSatisfying(
                        UndoClaim.Granted.class,
                        undo -> assertThat(undo.action()).isEqualTo(new UndoClaim.Past.Completed(RESULT)));
    }

    @Test
    void a_result_larger_than_allowed_is_not_recorded_and_the_key_stays_claimed() {
        IdempotencyTable small = table.maxResultBytes(100);
        DynamoDbIdempotencyStore store = store(small);
        Claim.Granted granted = (Claim.Granted) store.claim(Request.of("k", "owner", LEASE));

        assertThatExceptionOfType(StoreException.ResultTooLarge.class)
                .isThrownBy(() -> store.complete(granted, "☂".repeat(40)))
                .withMessage("table " + table.name()
                        + ": key k: a result of 120 bytes is not stored, at most 100 are; yield less, or store large results"
                        + " by claim check (IdempotencyTable.largeResultsIn)");
        assertThat(store.claim(Request.of("k", "another", LEASE))).isInstanceOf(Claim.InProgress.class);
    }

    @Test
    void the_largest_result_there_may_be_fits() {
        IdempotencyTable largest = table.maxResultBytes(350_000);
        complete(largest, "k", "x".repeat(350_000));

        assertThat(claim(largest, "k")).isEqualTo(new Claim.Completed("x".repeat(350_000)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.maxResultBytes(350_001))
                .withMessageStartingWith("maxResultBytes: 350001; 1 to 350000");
    }

    @Test
    void a_secret_for_another_cipher_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AesSeal.with("2026", new SecretKeySpec(new byte[16], "DES")))
                .withMessage("secret: for DES; give one for AES");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AesSeal.with("20.26", secret(1)))
                .withMessage("name: 20.26; letters, digits, - and _, at most 64");
    }

    private void completed(IdempotencyTable described) {
        complete(described, "k", RESULT);
    }

    private void complete(IdempotencyTable described, String key, String result) {
        DynamoDbIdempotencyStore store = store(described);
        Claim.Granted granted = (Claim.Granted) store.claim(Request.of(key, "owner", LEASE));
        assertThat(store.complete(granted, result)).isTrue();
    }

    private Claim claim(IdempotencyTable described, String key) {
        return store(described).claim(Request.of(key, "another", LEASE));
    }

    private DynamoDbIdempotencyStore store(IdempotencyTable described) {
        return DynamoDbIdempotencyStore.over(client, described);
    }

    private Map<String, AttributeValue> item() {
        return Effects.item(client, table, "k");
    }

    private static SecretKey secret(int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return new SecretKeySpec(bytes, "AES");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
