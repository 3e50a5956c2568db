package io.durablesaga.dynamodb.testing;

import io.durablesaga.dynamodb.IdempotencyTable;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Makes tables for tests. In production a template does, with time to live, backups and least privilege: docs/idempotency.md. */
public final class TestTables {
    private TestTables() {}

    /** The table with its key attributes, billed on demand, if it is not there yet. */
    public static void createIfMissing(DynamoDbClient client, IdempotencyTable table) {
        List<AttributeDefinition> attributes = new ArrayList<>(List.of(text(table.partitionKey())));
        List<KeySchemaElement> keys = new ArrayList<>(List.of(key(table.partitionKey(), KeyType.HASH)));
        table.sortKey().ifPresent(sort -> {
            attributes.add(text(sort));
            keys.add(key(sort, KeyType.RANGE));
        });
        try {
            client.createTable(CreateTableRequest.builder()
                    .tableName(table.name())
                    .attributeDefinitions(attributes)
                    .keySchema(keys)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .build());
        } catch (ResourceInUseException e) {
            return; // it is there
        }
        client.waiter().waitUntilTableExists(describe -> describe.tableName(table.name()));
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
