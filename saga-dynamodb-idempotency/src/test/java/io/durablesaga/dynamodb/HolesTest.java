package io.durablesaga.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.Claim.Granted;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where a key is claimed by a conditional write and then completed or deleted by an unconditional one, a holder that is late does
 * harm in three ways. Each is shown with such writes, and closed with the store's.
 */
@ExtendWith(LocalDynamoDb.Extension.class)
class HolesTest {
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
    private DynamoDbClient client;
    private IdempotencyTable table;
    private DynamoDbIdempotencyStore store;

    @BeforeEach
    void openStore(LocalDynamoDb dynamo) {
        client = dynamo.client();
        table = Effects.table(dynamo, now::get);
        store = DynamoDbIdempotencyStore.over(client, table);
    }

    @Test
    void a_late_completion_overwrites_nobody_s_result() {
        Granted late = granted("late");
        pass(LEASE);
        Granted present = granted("present");
        assertThat(store.complete(present, "first")).isTrue();

        assertThat(store.complete(late, "second")).isFalse();
        assertThat(claim("third")).isEqualTo(new Claim.Completed("first"));

        completeUnconditionally("second");
        assertThat(claim("third")).as("without the condition").isEqualTo(new Claim.Completed("second"));
    }

    @Test
    void a_late_completion_does_not_bring_a_deleted_record_back() {
        Granted late = granted("late");
        delete(); // as time to live does, or an operator
        assertThat(store.complete(late, "old")).isFalse();
        assertThat(Effects.item(client, table, "k")).isEmpty();

        pass(Duration.ofMillis(1)); // time to live takes days
        Granted next = granted("late");
        assertThat(next.fence()).as("fences grow even over a deleted record").isGreaterThan(late.fence());
        assertThat(store.complete(late, "old")).isFalse();
        assertThat(store.complete(next, "new")).isTrue();

        delete();
        completeUnconditionally("old");
        assertThat(claim("third")).as("without the condition").isEqualTo(new Claim.Completed("old"));
    }

    @Test
    void the_late_failure_of_a_zombie_does_not_open_the_key_again() {
        Granted zombie = granted("zombie");
        pass(LEASE);
        Granted present = granted("present");

        assertThat(store.release(zombie)).isFalse();
        assertThat(store.fail(zombie, "declined")).isFalse();
        assertThat(claim("third")).isInstanceOf(Claim.InProgress.class);
        assertThat(store.complete(present, "done")).isTrue();
        assertThat(store.release(zombie)).isFalse();
        assertThat(store.fail(zombie, "declined")).isFalse();
        assertThat(claim("third")).isEqualTo(new Claim.Completed("done"));

        delete();
        assertThat(claim("third"))
                .as("without the condition the effect is had twice")
                .isInstanceOf(Granted.class);
    }

    private Claim claim(String owner) {
        return store.claim(Request.of("k", owner, LEASE));
    }

    private Granted granted(String owner) {
        return (Granted) claim(owner);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private void delete() {
        client.deleteItem(delete -> delete.tableName(table.name()).key(table.primaryKey("k")));
    }

    private void completeUnconditionally(String result) {
        client.updateItem(update -> update.tableName(table.name())
                .key(table.primaryKey("k"))
                .updateExpression("SET #status = :completed, #data = :data, validation = :none")
                .expressionAttributeNames(Map.of("#status", "status", "#data", "data"))
                .expressionAttributeValues(Map.of(
                        ":completed", AttributeValue.fromS("COMPLETED"),
                        ":data", AttributeValue.fromS(result),
                        ":none", AttributeValue.fromS(""))));
    }
}
