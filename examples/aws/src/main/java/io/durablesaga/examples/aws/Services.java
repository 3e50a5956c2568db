package io.durablesaga.examples.aws;

import io.durablesaga.Saga;
import io.durablesaga.examples.order.CardProvider;
import io.durablesaga.examples.order.LedgerParcelService;
import io.durablesaga.examples.order.LedgerWarehouse;
import io.durablesaga.examples.order.Money;
import io.durablesaga.examples.order.Order;
import io.durablesaga.examples.order.OrderSagas;
import io.durablesaga.examples.order.Receipt;
import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Wire;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the order saga calls. In this example these are ledgers in a folder that the environment variable {@code LEDGERS} names:
 * a file system that all sandboxes of the function share, since what happened must outlive each of them. A shop of your own has
 * clients of its services here.
 *
 * @param stock the warehouse's ledger
 * @param money the card provider's
 * @param parcels the parcel service's
 */
record Services(Ledger stock, Ledger money, Ledger parcels) {
    private static final String CUP = "espresso cup";
    private static final int CUPS = 1_000;
    private static final Money CARD_LIMIT = new Money(100_00);

    static Services ofEnvironment() {
        Path folder = Path.of(Optional.ofNullable(System.getenv("LEDGERS")).orElse("/tmp"));
        return new Services(
                Ledger.open(folder.resolve("stock.ledger")),
                Ledger.open(folder.resolve("money.ledger")),
                Ledger.open(folder.resolve("parcels.ledger")));
    }

    static Services inMemory() {
        return new Services(Ledger.inMemory(), Ledger.inMemory(), Ledger.inMemory());
    }

    Saga<Order, Receipt> placeOrder() {
        LedgerWarehouse warehouse = new LedgerWarehouse(stock, Wire.reliable());
        warehouse.deliver(CUP, CUPS, "first-delivery");
        return OrderSagas.placeOrder(
                warehouse,
                new CardProvider(money, Wire.reliable(), CARD_LIMIT),
                new LedgerParcelService(parcels, Wire.reliable()));
    }
}
