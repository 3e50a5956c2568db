package io.durablesaga.examples.dynamodb;

import io.durablesaga.examples.order.Parcel;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Stands in for a courier: his books are a table that counts the parcels of each reference. A request that comes twice is two
 * parcels, also where the client sent it again by itself: give it one that does not. Thread-safe.
 */
final class DynamoDbCourier implements Courier {
    private static final String PARCELS = "parcels";

    private final DynamoDbClient client;
    private final String table;

    /** Over this table, with the partition key {@code id}. */
    DynamoDbCourier(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public Parcel send(String contents, String address, String reference) {
        String number = client.updateItem(update -> update.tableName(table)
                        .key(page(reference))
                        .updateExpression("ADD parcels :one SET address = :address, contents = :contents")
                        .expressionAttributeValues(Map.of(
                                ":one", AttributeValue.fromN("1"),
                                ":address", AttributeValue.fromS(address),
                                ":contents", AttributeValue.fromS(contents)))
                        .returnValues("UPDATED_NEW"))
                .attributes()
                .get(PARCELS)
                .n();
        return new Parcel("track-" + reference + "-" + number, address);
    }

    @Override
    public Optional<Parcel> sent(String reference) {
        Map<String, AttributeValue> page = client.getItem(
                        get -> get.tableName(table).key(page(reference)).consistentRead(true))
                .item();
        return Optional.ofNullable(page.get("address"))
                .map(address -> new Parcel("track-" + reference + "-1", address.s()));
    }

    /** How many parcels he has sent. */
    long parcels() {
        return client.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
                .mapToLong(page -> Long.parseLong(page.get(PARCELS).n()))
                .sum();
    }

    private static Map<String, AttributeValue> page(String reference) {
        return Map.of("id", AttributeValue.fromS(reference));
    }
}
