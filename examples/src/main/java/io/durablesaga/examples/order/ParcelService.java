package io.durablesaga.examples.order;

import io.durablesaga.examples.provider.Ledger;
import io.durablesaga.examples.provider.Ledger.Entry;
import io.durablesaga.examples.provider.Ledger.Posting;
import io.durablesaga.examples.provider.Wire;

/** Takes parcels to customers. Its ledger counts them. Thread-safe. */
public final class ParcelService {
    private static final String BOOK = "book";

    private final Ledger ledger;
    private final Wire wire;

    /** Reached by this wire. */
    public ParcelService(Ledger ledger, Wire wire) {
        this.ledger = ledger;
        this.wire = wire;
    }

    /** Sends what is reserved to the customer. */
    public Parcel book(String address, Reservation reservation, String key) {
        return wire.call(BOOK, () -> {
            Entry first = ledger.once(key, () -> new Posting(BOOK, reservation.id() + " to " + address, 1));
            return new Parcel("track-" + first.number(), address);
        });
    }
}
