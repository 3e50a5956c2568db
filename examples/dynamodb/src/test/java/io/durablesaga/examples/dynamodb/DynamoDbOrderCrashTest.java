package io.durablesaga.examples.dynamodb;

import static io.durablesaga.testing.fault.Failing.AFTER_EFFECT;
import static io.durablesaga.testing.fault.Failing.BEFORE_EFFECT;
import static io.durablesaga.testing.fault.Failing.REJECTED;
import static io.durablesaga.testing.fault.Failing.UNDO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.durablesaga.StepKey;
import io.durablesaga.dynamodb.IdempotencyTable;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.testing.TestTables;
import io.durablesaga.examples.order.CardProvider;
import io.durablesaga.examples.order.Money;
import io.durablesaga.examples.order.Order;
import io.durablesaga.examples.order.OrderSagas;
import io.durablesaga.examples.order.Parcel;
import io.durablesaga.examples.order.ParcelService;
import io.durablesaga.examples.order.Payment;
import io.durablesaga.examples.order.Receipt;
import io.durablesaga.examples.order.Reservation;
import io.durablesaga.examples.order.Shop;
import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Wire;
import io.durablesaga.testing.CrashTestFailed;
import io.durablesaga.testing.SagaCrashTest;
import io.durablesaga.testing.exploration.Report;
import io.durablesaga.testing.fault.Fault;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The order saga over a real DynamoDB, under every fault around every request. */
@ExtendWith(LocalDynamoDb.Extension.class)
class DynamoDbOrderCrashTest {
    private static final Order TWO_CUPS = new Order(Shop.CUP, 2, new Money(58_00), "card-A", "1 Harbour Road");
    private static final AtomicInteger RUNS = new AtomicInteger();

    private static DynamoDbClient client;
    private static IdempotencyTable keys;

    @BeforeAll
    static void openTables(LocalDynamoDb dynamoDb) {
        client = dynamoDb.withoutWire();
        keys = IdempotencyTable.named("keys-of-all-runs").shared("PK", "SK", "any#");
        TestTables.createIfMissing(client, keys);
    }

    /** What no crash touches: tables, or a part of one, of this run's own, and the books of card provider and courier. */
    static final class Town {
        private final Ledger money = Ledger.inMemory();
        private final CountingCourier courier = new CountingCourier();
        private final Tables tables;

        Town() {
            String run = "run-" + RUNS.incrementAndGet();
            tables = new Tables("stock-of-" + run, keys.shared("PK", "SK", run + "#"));
            TestTables.createIfMissing(client, IdempotencyTable.named(tables.stock()));
            new StampedWarehouse(client, tables.stock()).stockUp(Shop.CUP, Shop.CUPS);
        }

        long cupsTaken() {
            return Shop.CUPS - new StampedWarehouse(client, tables.stock()).inStock(Shop.CUP);
        }

        @Override
        public String toString() {
            return cupsTaken() + " cups and " + money.balance() + " cents taken, " + courier.parcels()
                    + " parcels sent";
        }
    }

    private static SagaCrashTest<Town, Order, Receipt> balancing(
            SagaCrashTest.NeedsInput<Town, Order, Receipt> orders) {
        return orders.input(TWO_CUPS)
                // what the tables see; how else the card provider fails is the order's other crash test's
                .failing(StepKey.of("reserve-stock", Reservation.class), BEFORE_EFFECT, AFTER_EFFECT, UNDO)
                .failing(StepKey.of("charge-card", Payment.class), REJECTED)
                .failing(StepKey.of("ship-parcel", Parcel.class), AFTER_EFFECT)
                .faults(Fault.values())
                .exhaustive(1)
                .budget(Duration.ofMinutes(2))
                .observing(Town::toString)
                .invariant("a parcel is paid for", town -> town.courier.parcels() * 58_00L <= town.money.balance())
                .invariant("cups and money go together", town -> town.money.balance() == town.cupsTaken() * 29_00);
    }

    @Test
    void an_order_is_placed_or_undone_whatever_crashes_around_every_request() {
        Report report = balancing(SagaCrashTest.of(
                        Town::new,
                        (town, world) -> DynamoDbOrders.placeOrder(
                                world.fenced(DynamoDbClient.class, client),
                                town.tables,
                                new CardProvider(
                                        town.money, world.fenced(Wire.class, Wire.reliable()), Shop.CARD_LIMIT),
                                world.fenced(Courier.class, town.courier))))
                .check();

        assertThat(report.percent()).isEqualTo(100);
    }

    @Test
    void a_courier_who_is_asked_without_a_claim_is_found_to_send_two_parcels() {
        assertThatExceptionOfType(CrashTestFailed.class)
                .isThrownBy(() -> balancing(SagaCrashTest.of(
                                Town::new,
                                (town, world) -> OrderSagas.placeOrder(
                                        new StampedWarehouse(
                                                world.fenced(DynamoDbClient.class, client), town.tables.stock()),
                                        new CardProvider(town.money, Wire.reliable(), Shop.CARD_LIMIT),
                                        unclaimed(world.fenced(Courier.class, town.courier)))))
                        .check())
                .withMessageContaining("a parcel is paid for");
    }

    private static ParcelService unclaimed(Courier courier) {
        return (address, reservation, key) -> courier.send(reservation.id(), address, key);
    }
}
