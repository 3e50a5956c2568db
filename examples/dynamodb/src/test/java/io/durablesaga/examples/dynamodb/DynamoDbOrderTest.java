package io.durablesaga.examples.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.Saga;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.embedded.EmbeddedEngine;
import io.durablesaga.examples.order.Money;
import io.durablesaga.examples.order.Order;
import io.durablesaga.examples.order.Receipt;
import io.durablesaga.examples.order.Shop;
import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Wire;
import io.durablesaga.result.SagaResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An order as its customer sees it, on the embedded engine and a real DynamoDB. */
@ExtendWith(LocalDynamoDb.Extension.class)
class DynamoDbOrderTest {
    private static final Order TWO_CUPS = new Order(Shop.CUP, 2, new Money(58_00), "card-A", "1 Harbour Road");
    private static final Order OVER_THE_LIMIT = new Order(Shop.CUP, 4, new Money(116_00), "card-A", "1 Harbour Road");
    private static final Order TOO_MANY = new Order(Shop.CUP, 11, new Money(58_00), "card-A", "1 Harbour Road");

    private static final AtomicInteger TOWNS = new AtomicInteger();

    @TempDir
    private Path folder;

    private final DynamoDbClient client;
    private final Town town;
    private EmbeddedEngine engine;

    DynamoDbOrderTest(LocalDynamoDb dynamoDb) {
        client = dynamoDb.client();
        town = new Town("order-test-" + TOWNS.incrementAndGet(), client, Ledger.inMemory());
    }

    @BeforeEach
    void open() {
        engine = EmbeddedEngine.open(folder.resolve("shop.db"));
    }

    @AfterEach
    void close() {
        engine.close();
        client.close();
    }

    @Test
    void an_order_takes_stock_and_money_and_sends_a_parcel() throws InterruptedException {
        assertThat(place(TWO_CUPS)).isInstanceOf(SagaResult.Completed.class);

        assertThat(town).hasToString("cups taken: 2, cents taken: 5800, parcels sent: 1");
    }

    @Test
    void stock_is_put_back_when_the_card_is_declined() throws InterruptedException {
        assertThat(place(OVER_THE_LIMIT)).isInstanceOf(SagaResult.Compensated.class);

        assertThat(town).hasToString("cups taken: 0, cents taken: 0, parcels sent: 0");
    }

    @Test
    void nothing_is_written_when_the_stock_does_not_suffice() throws InterruptedException {
        List<Map<String, AttributeValue>> before = town.items();

        assertThat(place(TOO_MANY))
                .isInstanceOf(SagaResult.Compensated.class)
                .asString()
                .contains("not 11 x espresso cup left");
        assertThat(town.items()).isEqualTo(before);
    }

    private SagaResult<Receipt> place(Order order) throws InterruptedException {
        Saga<Order, Receipt> saga = town.placeOrder(client, Wire.reliable());
        engine.register(saga);
        return engine.start(saga, "order-1", order).await(Duration.ofMinutes(1)).orElseThrow();
    }
}
