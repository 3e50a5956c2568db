package io.durablesaga.examples.order;

import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Ledger.Entry;
import io.durablesaga.examples.provider.Ledger.Posting;
import io.durablesaga.examples.provider.Wire;

/** A parcel service that keeps a ledger, which counts its parcels. It remembers keys. Thread-safe. */
public final class LedgerParcelService implements ParcelService {
    private static final String BOOK = "book";

    private final Ledger ledger;
    private final Wire wire;

    /** Reached by this wire. */
    public LedgerParcelService(Ledger ledger, Wire wire) {
        this.ledger = ledger;
        this.wire = wire;
    }

    @Override
    public Parcel book(String address, Reservation reservation, String key) {
        return wire.call(BOOK, () -> {
            Entry first = ledger.once(key, () -> new Posting(BOOK, reservation.id() + " to " + address, 1));
            return new Parcel("track-" + first.number(), address);
        });
    }
}
