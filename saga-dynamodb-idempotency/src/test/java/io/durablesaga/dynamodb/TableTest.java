package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.Fingerprint;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Keys in a table of their own or among others' items, for as long as they must be kept, beside records of others' tools. */
@ExtendWith(LocalDynamoDb.Extension.class)
class TableTest {
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void a_shared_table_keeps_keys_under_a_prefix_and_leaves_other_items_alone(LocalDynamoDb dynamo) {
        DynamoDbClient client = dynamo.client();
        IdempotencyTable table = IdempotencyTable.named(Effects.unusedName()).shared("PK", "SK", "effect#");
        TestTables.createIfMissing(client, table);
        TestTables.createIfMissing(client, table);
        Map<String, AttributeValue> order =
                Map.of("PK", AttributeValue.fromS("k"), "SK", AttributeValue.fromS("order"));
        client.putItem(put -> put.tableName(table.name()).item(order));
        DynamoDbIdempotencyStore store = DynamoDbIdempotencyStore.over(client, table);

        assertThat(store.complete((Claim.Granted) store.claim(Request.of("k", "owner", LEASE)), "1"))
                .isTrue();
        assertThat(store.claim(Request.of("k", "owner", LEASE))).isEqualTo(new Claim.Completed("1"));
        assertThat(client.scan(scan -> scan.tableName(table.name())).items())
                .extracting(item -> item.get("PK").s() + " " + item.get("SK").s())
                .containsExactlyInAnyOrder("k order", "effect#k effect#");
    }

    @Test
    void what_has_come_to_an_end_is_kept_for_the_retention_and_what_has_not_for_good(LocalDynamoDb dynamo) {
        DynamoDbClient client = dynamo.client();
        IdempotencyTable table = Effects.table(dynamo, () -> NOW).retention(Duration.ofDays(400));
        DynamoDbIdempotencyStore store = DynamoDbIdempotencyStore.over(client, table);
        AttributeValue expiration = AttributeValue.fromN(
                Long.toString(NOW.plus(Duration.ofDays(400)).getEpochSecond()));

        Claim.Granted granted = (Claim.Granted) store.claim(Request.of("k", "owner", LEASE));
        assertThat(Effects.item(client, table, "k")).doesNotContainKey("expiration");
        store.release(granted);
        assertThat(Effects.item(client, table, "k")).containsEntry("expiration", expiration);
        granted = (Claim.Granted) store.claim(Request.of("k", "owner", LEASE));
        assertThat(Effects.item(client, table, "k")).doesNotContainKey("expiration");
        store.complete(granted, "1");
        assertThat(Effects.item(client, table, "k")).containsEntry("expiration", expiration);
    }

    @Test
    void a_record_that_another_tool_has_completed_answers_with_its_data(LocalDynamoDb dynamo) {
        DynamoDbClient client = dynamo.client();
        IdempotencyTable table = Effects.table(dynamo);
        client.putItem(put -> put.tableName(table.name())
                .item(Map.of(
                        "id", AttributeValue.fromS("k"),
                        "status", AttributeValue.fromS("COMPLETED"),
                        "data", AttributeValue.fromS("{\"id\":1}"),
                        "expiration", AttributeValue.fromN("9999999999"))));

        assertThat(DynamoDbIdempotencyStore.over(client, table).claim(Request.of("k", "owner", LEASE)))
                .isEqualTo(new Claim.Completed("{\"id\":1}"));
    }

    @Test
    void a_record_that_another_tool_has_begun_is_waited_for_and_then_in_doubt(LocalDynamoDb dynamo) {
        DynamoDbClient client = dynamo.client();
        IdempotencyTable table = Effects.table(dynamo);
        Instant until = NOW.plus(LEASE);
        client.putItem(put -> put.tableName(table.name())
                .item(Map.of(
                        "id", AttributeValue.fromS("k"),
                        "status", AttributeValue.fromS("INPROGRESS"),
                        "in_progress_expiration", AttributeValue.fromN(Long.toString(until.toEpochMilli())),
                        "expiration", AttributeValue.fromN("9999999999"))));

        assertThat(DynamoDbIdempotencyStore.over(client, table.clock(() -> NOW)).claim(Request.of("k", "owner", LEASE)))
                .isEqualTo(new Claim.InProgress("", 0, until));
        assertThat(DynamoDbIdempotencyStore.over(client, table.clock(() -> until))
                        .claim(Request.of("k", "owner", LEASE)))
                .isInstanceOfSatisfying(
                        Claim.Granted.class,
                        granted -> assertThat(granted.takenOver()).isTrue());
    }

    @Test
    void what_another_tool_has_begun_without_saying_of_what_is_in_doubt_for_whoever_does_not_say_either(
            LocalDynamoDb dynamo) {
        DynamoDbClient client = dynamo.client();
        IdempotencyTable table = Effects.table(dynamo).clock(() -> NOW);
        client.putItem(put -> put.tableName(table.name())
                .item(Map.of(
                        "id", AttributeValue.fromS("k"),
                        "status", AttributeValue.fromS("INPROGRESS"),
                        "in_progress_expiration", AttributeValue.fromN(Long.toString(NOW.toEpochMilli())),
                        "expiration", AttributeValue.fromN("9999999999"))));
        DynamoDbIdempotencyStore store = DynamoDbIdempotencyStore.over(client, table);

        assertThat(store.claim(Request.of("k", "owner", LEASE).forPayload(Fingerprint.of("this"))))
                .isEqualTo(new Claim.OtherPayload(""));
        assertThat(store.claim(Request.of("k", "owner", LEASE)))
                .isInstanceOfSatisfying(
                        Claim.Granted.class,
                        granted -> assertThat(granted.takenOver()).isTrue());
        assertThat(Effects.item(client, table, "k"))
                .as("kept until its end is known")
                .doesNotContainKey("expiration");
    }

    @Test
    void what_another_tool_has_begun_without_saying_until_when_is_waited_for(LocalDynamoDb dynamo) {
        DynamoDbClient client = dynamo.client();
        IdempotencyTable table = Effects.table(dynamo);
        client.putItem(put -> put.tableName(table.name())
                .item(Map.of("id", AttributeValue.fromS("k"), "status", AttributeValue.fromS("INPROGRESS"))));

        assertThat(DynamoDbIdempotencyStore.over(client, table).claim(Request.of("k", "owner", LEASE)))
                .isEqualTo(new Claim.InProgress("", 0, Instant.MAX));
    }

    @Test
    void what_another_tool_has_completed_for_a_payload_is_another_payload_here(LocalDynamoDb dynamo) {
        DynamoDbClient client = dynamo.client();
        IdempotencyTable table = Effects.table(dynamo);
        client.putItem(put -> put.tableName(table.name())
                .item(Map.of(
                        "id", AttributeValue.fromS("k"),
                        "status", AttributeValue.fromS("COMPLETED"),
                        "data", AttributeValue.fromS("1"),
                        "validation", AttributeValue.fromS("900150983cd24fb0d6963f7d28e17f72"))));

        assertThat(DynamoDbIdempotencyStore.over(client, table).claim(Request.of("k", "owner", LEASE)))
                .isEqualTo(new Claim.OtherPayload("900150983cd24fb0d6963f7d28e17f72"));
    }

    @Test
    void settings_that_cannot_work_are_refused_by_name() {
        IdempotencyTable table = IdempotencyTable.named("t");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdempotencyTable.named(" "))
                .withMessage("table must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.keyedBy(""))
                .withMessage("partitionKey must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.shared("PK", "SK", ""))
                .withMessage("prefix must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.retention(Duration.ofMinutes(59)))
                .withMessageStartingWith("retention: PT59M; at least an hour");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.largeResultsIn(null, -1))
                .withMessage("aboveBytes: -1; not negative");
    }
}
