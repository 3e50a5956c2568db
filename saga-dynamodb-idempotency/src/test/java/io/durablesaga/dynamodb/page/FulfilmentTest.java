package io.durablesaga.dynamodb.page;

import static io.durablesaga.testing.fault.Failing.AFTER_EFFECT;
import static io.durablesaga.testing.fault.Failing.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.dynamodb.DynamoDbIdempotencyStore;
import io.durablesaga.dynamodb.IdempotencyTable;
import io.durablesaga.dynamodb.RecordedTransactions;
import io.durablesaga.dynamodb.Stamps;
import io.durablesaga.dynamodb.local.LocalDynamoDb;
import io.durablesaga.dynamodb.page.Fulfilment.Invoices;
import io.durablesaga.dynamodb.page.Fulfilment.Order;
import io.durablesaga.dynamodb.page.Fulfilment.Parcel;
import io.durablesaga.dynamodb.page.Fulfilment.Parcels;
import io.durablesaga.dynamodb.testing.TestTables;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;
import io.durablesaga.testing.SagaCrashTest;
import io.durablesaga.testing.fault.Fault;
import io.durablesaga.testing.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The saga that docs/idempotency.md shows, with an effect of each kind, whatever crashes. */
@ExtendWith(LocalDynamoDb.Extension.class)
class FulfilmentTest {
    private static final Order ORDER = new Order("4711", "cup", 2, 40, "1 Harbour Street");
    private static final int IN_STOCK = 10;
    private static final int MONEY = 100;
    private static final AtomicInteger RUNS = new AtomicInteger();

    private static DynamoDbClient client;

    @BeforeAll
    static void openTables(LocalDynamoDb dynamo) {
        client = dynamo.withoutWire();
        TestTables.createIfMissing(client, IdempotencyTable.named("stock").keyedBy("item"));
        TestTables.createIfMissing(client, IdempotencyTable.named("accounts").keyedBy("account"));
        TestTables.createIfMissing(client, effects("any"));
    }

    private static IdempotencyTable effects(String prefix) {
        return IdempotencyTable.named("fulfilment-effects")
                .clock(() -> Instant.EPOCH)
                .shared("PK", "SK", prefix);
    }

    /** Asked twice, it does it twice. */
    static final class FakeParcels implements Parcels {
        private final Map<Parcel, String> booked = new LinkedHashMap<>();
        private int ever;

        @Override
        public synchronized Parcel book(String address, String reference) {
            Parcel parcel = new Parcel("P" + ++ever);
            booked.put(parcel, reference);
            return parcel;
        }

        @Override
        public synchronized Optional<Parcel> find(String reference) {
            return booked.entrySet().stream()
                    .filter(parcel -> parcel.getValue().equals(reference))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }

        @Override
        public synchronized void cancel(Parcel parcel) {
            booked.remove(parcel);
        }
    }

    /** Asked twice, it writes two. */
    static final class FakeInvoices implements Invoices {
        private final Map<String, String> written = new LinkedHashMap<>();
        private int ever;

        @Override
        public synchronized String write(String order) {
            String invoice = "I" + ++ever;
            written.put(invoice, order);
            return invoice;
        }

        @Override
        public synchronized Optional<String> find(String order) {
            return written.entrySet().stream()
                    .filter(invoice -> invoice.getValue().equals(order))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }

        @Override
        public synchronized void cancel(String invoice) {
            written.remove(invoice);
        }
    }

    /** Outside of every process. */
    static final class Town {
        private final FakeParcels parcels = new FakeParcels();
        private final FakeInvoices invoices = new FakeInvoices();
        private final IdempotencyTable table = effects("run-" + RUNS.incrementAndGet() + "#");
        private final IdempotencyStore store = DynamoDbIdempotencyStore.over(client, table);

        Town() {
            put("stock", "item", "cup", "available", IN_STOCK);
            put("accounts", "account", "customer", "balance", MONEY);
            put("accounts", "account", "shop", "balance", 0);
        }

        private static void put(String table, String key, String name, String attribute, int number) {
            client.putItem(put -> put.tableName(table)
                    .item(Map.of(
                            key,
                            AttributeValue.fromS(name),
                            attribute,
                            AttributeValue.fromN(Integer.toString(number)))));
        }

        private static int number(String table, String key, String name, String attribute) {
            return Integer.parseInt(client.getItem(
                            get -> get.tableName(table).key(Map.of(key, AttributeValue.fromS(name))))
                    .item()
                    .get(attribute)
                    .n());
        }

        /** Where another execution has written the invoice. */
        static Town withInvoice() {
            Town town = new Town();
            try {
                Once.over(town.store)
                        .run(
                                EffectKey.of("invoice-4711", Fulfilment.INVOICE).ownedBy("another"),
                                OnUnknown.stop(),
                                () -> town.invoices.write("4711"));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return town;
        }

        Fulfilment fulfilment(World world) {
            DynamoDbClient fenced = world.fenced(DynamoDbClient.class, client);
            return new Fulfilment(
                    Stamps.over(fenced).clock(() -> Instant.EPOCH),
                    RecordedTransactions.over(fenced, table),
                    Once.over(world.fenced(IdempotencyStore.class, store)),
                    world.fenced(Parcels.class, parcels),
                    world.fenced(Invoices.class, invoices));
        }

        int taken() {
            return IN_STOCK - number("stock", "item", "cup", "available");
        }

        int paid() {
            return number("accounts", "account", "shop", "balance");
        }

        @Override
        public String toString() {
            return taken() + " taken, " + paid() + " paid, " + parcels.ever + " parcels ever, " + parcels.booked + ", "
                    + invoices.ever + " invoices ever, " + invoices.written;
        }
    }

    @Test
    void every_effect_happens_once_or_is_undone_whatever_crashes_and_whatever_lands_late() {
        assertThat(SagaCrashTest.of(
                                Town::new,
                                (town, world) -> town.fulfilment(world).saga())
                        .input(ORDER)
                        .invariant("nothing twice", town -> town.parcels.ever <= 1 && town.invoices.ever <= 1)
                        .invariant("all or nothing", FulfilmentTest::allOrNothing)
                        .failing(Fulfilment.SHIP, AFTER_EFFECT)
                        .faults(Fault.CRASH, Fault.ZOMBIE)
                        .exhaustive(1)
                        .budget(Duration.ofMinutes(2))
                        .check()
                        .percent())
                .isEqualTo(100);
    }

    @Test
    void what_another_execution_has_done_under_the_same_key_is_used_and_not_undone() {
        SagaCrashTest.of(
                        Town::withInvoice,
                        (town, world) -> town.fulfilment(world).saga())
                .input(ORDER)
                .invariant("the invoice stands", town -> town.invoices.ever == 1 && town.invoices.written.size() == 1)
                .failing(Fulfilment.SHIP, REJECTED)
                .exhaustive(0)
                .check();
    }

    private static boolean allOrNothing(Town town) {
        int parcels = town.parcels.booked.size();
        return town.invoices.written.size() == parcels
                && town.taken() == parcels * ORDER.quantity()
                && town.paid() == parcels * ORDER.total();
    }
}
