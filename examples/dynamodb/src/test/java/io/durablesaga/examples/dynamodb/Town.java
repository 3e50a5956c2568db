package io.durablesaga.examples.dynamodb;

import io.durablesaga.Saga;
import io.durablesaga.dynamodb.IdempotencyTable;
import io.durablesaga.dynamodb.testing.TestTables;
import io.durablesaga.examples.order.CardProvider;
import io.durablesaga.examples.order.Order;
import io.durablesaga.examples.order.Receipt;
import io.durablesaga.examples.order.Shop;
import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Wire;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * All that is outside of a shop's processes: its tables and the courier's, and the card provider's ledger. What a town of this name
 * has done already is there.
 */
final class Town {
    private final DynamoDbClient client;
    private final Tables tables;
    private final String courier;
    private final Ledger money;

    Town(String name, DynamoDbClient client, Ledger money) {
        this.client = client;
        this.tables = new Tables("stock-of-" + name, IdempotencyTable.named("keys-of-" + name));
        this.courier = "courier-of-" + name;
        this.money = money;
        names().forEach(table -> TestTables.createIfMissing(client, IdempotencyTable.named(table)));
        new StampedWarehouse(client, tables.stock()).stockUp(Shop.CUP, Shop.CUPS);
    }

    /** The order saga in a process that reaches all this through a client and a wire of its own. */
    Saga<Order, Receipt> placeOrder(DynamoDbClient own, Wire wire) {
        return DynamoDbOrders.placeOrder(
                own, tables, new CardProvider(money, wire, Shop.CARD_LIMIT), new DynamoDbCourier(own, courier));
    }

    /** Every item of every table. */
    List<Map<String, AttributeValue>> items() {
        return names().flatMap(table -> client.scan(scan -> scan.tableName(table)).items().stream())
                .toList();
    }

    private Stream<String> names() {
        return Stream.of(tables.stock(), tables.keys().name(), courier);
    }

    @Override
    public String toString() {
        long cupsTaken = Shop.CUPS - new StampedWarehouse(client, tables.stock()).inStock(Shop.CUP);
        long parcels = new DynamoDbCourier(client, courier).parcels();
        return "cups taken: " + cupsTaken + ", cents taken: " + money.balance() + ", parcels sent: " + parcels;
    }
}
