package io.durablesaga.dynamodb;

import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tables for tests: each test has one of its own. */
final class Effects {
    private static final AtomicInteger TABLES = new AtomicInteger();

    private Effects() {}

    /** A new table, whose users' clocks agree. */
    static IdempotencyTable table(LocalDynamoDb dynamo) {
        try (DynamoDbClient client = dynamo.client()) {
            return table(client);
        }
    }

    static IdempotencyTable table(LocalDynamoDb dynamo, InstantSource clock) {
        return table(dynamo).clock(clock);
    }

    /** Where this client reaches. */
    static IdempotencyTable table(DynamoDbClient client) {
        IdempotencyTable table = IdempotencyTable.named(unusedName());
        TestTables.createIfMissing(client, table);
        return table.clockTolerance(Duration.ZERO);
    }

    static String unusedName() {
        return "effects-" + TABLES.incrementAndGet();
    }

    /** What stands under a key. */
    static Map<String, AttributeValue> item(DynamoDbClient client, IdempotencyTable table, String key) {
        return client.getItem(get ->
                        get.tableName(table.name()).key(table.primaryKey(key)).consistentRead(true))
                .item();
    }
}
