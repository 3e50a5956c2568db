package io.durablesaga.examples.order;

import io.durablesaga.Effect;
import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Ledger.Entry;
import io.durablesaga.examples.provider.Ledger.Posting;
import io.durablesaga.examples.provider.Wire;

/** A warehouse that keeps a ledger, whose balance is what is left on the shelf. It remembers keys. Thread-safe. */
public final class LedgerWarehouse implements Warehouse {
    private static final String RESERVE = "reserve";
    private static final String REFUSE = "refuse";
    private static final String CANCEL = "cancel";
    private static final String RELEASE = "release";
    private static final String DELIVERY = "delivery";

    private final Ledger ledger;
    private final Wire wire;

    /** Reached by this wire. */
    public LedgerWarehouse(Ledger ledger, Wire wire) {
        this.ledger = ledger;
        this.wire = wire;
    }

    /** Puts new stock on the shelf. */
    public void deliver(String item, int quantity, String key) {
        ledger.once(key, () -> new Posting(DELIVERY, item, quantity));
    }

    @Override
    public Reservation reserve(String item, int quantity, String key) {
        return wire.call(RESERVE, () -> {
            Entry first = ledger.once(
                    key,
                    () -> inStock(item) < quantity
                            ? new Posting(REFUSE, item, 0)
                            : new Posting(RESERVE, item, -quantity));
            if (!first.is(RESERVE)) {
                throw new OutOfStock("not " + quantity + " x " + item + " left");
            }
            return new Reservation("res-" + first.number(), item, quantity);
        });
    }

    @Override
    public void release(String item, int quantity, Effect<Reservation> reservation, String key) {
        wire.call(RELEASE, () -> {
            Posting first = ledger.once(reservation.actionKey(), () -> new Posting(CANCEL, "", 0))
                    .posting();
            return ledger.once(key, () -> new Posting(RELEASE, first.subject(), -first.amount()));
        });
    }

    /** How many are left on the shelf. */
    public long inStock(String item) {
        return ledger.balance(item);
    }
}
