package io.durablesaga.dynamodb;

import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** A business table of a test's own: accounts with balances. */
final class Accounts {
    final DynamoDbClient client;
    final String table = "accounts-" + UUID.randomUUID();

    Accounts(LocalDynamoDb dynamoDb) {
        client = dynamoDb.client();
        TestTables.createIfMissing(client, IdempotencyTable.named(table));
    }

    static Map<String, AttributeValue> key(String account) {
        return Map.of("id", AttributeValue.fromS(account));
    }

    void open(String account, int balance) {
        client.putItem(put -> put.tableName(table)
                .item(Map.of(
                        "id",
                        AttributeValue.fromS(account),
                        "balance",
                        AttributeValue.fromN(Integer.toString(balance)))));
    }

    /** Adds this, which may be less than nothing, to what is there; opens the account if there is none. */
    UpdateItemRequest add(String account, int amount) {
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(key(account))
                .updateExpression("ADD balance :amount")
                .expressionAttributeValues(Map.of(":amount", AttributeValue.fromN(Integer.toString(amount))))
                .returnValues("ALL_NEW")
                .build();
    }

    /** Takes this, if there is as much. */
    UpdateItemRequest take(String account, int amount) {
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(key(account))
                .updateExpression("SET #balance = #balance - :amount")
                .conditionExpression("#balance >= :amount")
                .expressionAttributeNames(Map.of("#balance", "balance"))
                .expressionAttributeValues(Map.of(":amount", AttributeValue.fromN(Integer.toString(amount))))
                .returnValues("UPDATED_NEW")
                .build();
    }

    /** The same, as one of the writes of a transaction. */
    TransactWriteItem write(UpdateItemRequest update) {
        return TransactWriteItem.builder()
                .update(part -> part.tableName(update.tableName())
                        .key(update.key())
                        .updateExpression(update.updateExpression())
                        .conditionExpression(update.conditionExpression())
                        .expressionAttributeNames(
                                update.hasExpressionAttributeNames() ? update.expressionAttributeNames() : null)
                        .expressionAttributeValues(update.expressionAttributeValues()))
                .build();
    }

    int balance(String account) {
        return Integer.parseInt(
                item(account).getOrDefault("balance", AttributeValue.fromN("0")).n());
    }

    Map<String, AttributeValue> item(String account) {
        return client.getItem(get -> get.tableName(table).key(key(account)).consistentRead(true))
                .item();
    }
}
