package io.durablesaga.examples.order;

import io.durablesaga.Saga;
import io.durablesaga.embedded.EmbeddedEngine;
import io.durablesaga.embedded.Execution;
import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Wire;
import java.nio.file.Path;
import java.util.Optional;

/** A shop in one folder: the ledgers of its three providers, and the engine's journal. Thread-safe. */
public final class Shop implements AutoCloseable {
    /** What the shop sells. */
    public static final String CUP = "espresso cup";

    /** How many there are. */
    public static final int CUPS = 10;

    /** What a card gives. */
    public static final Money CARD_LIMIT = new Money(100_00);

    private final Ledger stock;
    private final Ledger money;
    private final Ledger parcels;
    private final Saga<Order, Receipt> placeOrder;
    private final EmbeddedEngine engine;

    private Shop(Path folder, Wire wire) {
        stock = Ledger.open(folder.resolve("stock.ledger"));
        money = Ledger.open(folder.resolve("money.ledger"));
        parcels = Ledger.open(folder.resolve("parcels.ledger"));
        LedgerWarehouse warehouse = new LedgerWarehouse(stock, wire);
        warehouse.deliver(CUP, CUPS, "first-delivery");
        placeOrder = OrderSagas.placeOrder(
                warehouse, new CardProvider(money, wire, CARD_LIMIT), new LedgerParcelService(parcels, wire));
        engine = EmbeddedEngine.open(folder.resolve("shop.db"));
        engine.register(placeOrder); // orders that an earlier process left unfinished go on from here
    }

    /** Opens the shop, or founds it. */
    public static Shop open(Path folder, Wire wire) {
        return new Shop(folder, wire);
    }

    /** Places an order, once per number. */
    public Execution<Receipt> place(String number, Order order) {
        return engine.start(placeOrder, number, order);
    }

    /** The order of this number. */
    public Optional<Execution<Receipt>> find(String number) {
        return engine.find(placeOrder, number);
    }

    /** What the warehouse has done. */
    public Ledger stock() {
        return stock;
    }

    /** What the card provider has done. */
    public Ledger money() {
        return money;
    }

    /** What the parcel service has done. */
    public Ledger parcels() {
        return parcels;
    }

    @Override
    public void close() {
        engine.close();
    }
}
