package io.durablesaga.examples.dynamodb;

import io.durablesaga.Saga;
import io.durablesaga.dynamodb.DynamoDbIdempotencyStore;
import io.durablesaga.examples.order.CardProvider;
import io.durablesaga.examples.order.Order;
import io.durablesaga.examples.order.OrderSagas;
import io.durablesaga.examples.order.Receipt;
import io.durablesaga.idempotency.Once;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The order saga over DynamoDB, with a way to have each effect once for each kind of provider: the warehouse stamps keys on its
 * articles, the card provider takes keys itself, and of the courier, who takes none, keys are claimed before he is asked.
 */
public final class DynamoDbOrders {
    private DynamoDbOrders() {}

    /** The same saga as ever: what makes it run once is behind its services. */
    public static Saga<Order, Receipt> placeOrder(
            DynamoDbClient client, Tables tables, CardProvider cards, Courier courier) {
        Once once = Once.over(DynamoDbIdempotencyStore.over(client, tables.keys()));
        return OrderSagas.placeOrder(
                new StampedWarehouse(client, tables.stock()), cards, new ClaimedParcelService(courier, once));
    }
}
