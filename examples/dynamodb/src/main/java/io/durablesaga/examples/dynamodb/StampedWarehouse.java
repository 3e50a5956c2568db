package io.durablesaga.examples.dynamodb;

import io.durablesaga.Effect;
import io.durablesaga.dynamodb.EffectRefused;
import io.durablesaga.dynamodb.Refusal;
import io.durablesaga.dynamodb.Stamps;
import io.durablesaga.examples.order.OutOfStock;
import io.durablesaga.examples.order.Reservation;
import io.durablesaga.examples.order.Warehouse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * A warehouse whose shelves are the items of a table: setting stock aside is one conditional update of an article, and the key is
 * stamped on it in the same request. Thread-safe.
 */
public final class StampedWarehouse implements Warehouse {
    private final DynamoDbClient client;
    private final String table;
    private final Stamps stamps;

    /** Over this table, with the partition key {@code id}. */
    public StampedWarehouse(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
        // an article ordered more than a thousand times a day has no room for them
        // an order that stands still for a day between reserving and releasing finds none
        this.stamps = Stamps.over(client).keepingFor(Duration.ofDays(1)).atMost(1000);
    }

    /** Puts the first stock of an article on its shelf; does nothing if it has had some. */
    public void stockUp(String item, int quantity) {
        var unused = client.updateItem(
                update(item, "SET stock = if_not_exists(stock, :n)", quantity).build());
    }

    @Override
    public Reservation reserve(String item, int quantity, String key) {
        UpdateItemRequest take = update(item, "SET stock = stock - :n", quantity)
                .conditionExpression("stock >= :n")
                .build();
        try {
            var unused = stamps.apply(take, key); // now, or by an earlier attempt
        } catch (EffectRefused refused) {
            if (refused.refusal() instanceof Refusal.OfItem) {
                throw new OutOfStock("not " + quantity + " x " + item + " left");
            }
            throw refused; // released before it was reserved
        }
        return new Reservation("res-" + key, item, quantity);
    }

    @Override
    public void release(String item, int quantity, Effect<Reservation> reservation, String key) {
        // put back now, put back before, or never taken: each is an end. Without a condition it is not refused
        var unused = stamps.undo(update(item, "ADD stock :n", quantity).build(), reservation);
    }

    /** How many are left on the shelf. */
    public long inStock(String item) {
        Map<String, AttributeValue> shelf = client.getItem(
                        get -> get.tableName(table).key(shelf(item)).consistentRead(true))
                .item();
        return Optional.ofNullable(shelf.get("stock"))
                .map(AttributeValue::n)
                .map(Long::parseLong)
                .orElse(0L);
    }

    private UpdateItemRequest.Builder update(String item, String expression, int quantity) {
        return UpdateItemRequest.builder()
                .tableName(table)
                .key(shelf(item))
                .updateExpression(expression)
                .expressionAttributeValues(Map.of(":n", AttributeValue.fromN(Integer.toString(quantity))));
    }

    private static Map<String, AttributeValue> shelf(String item) {
        return Map.of("id", AttributeValue.fromS(item));
    }
}
