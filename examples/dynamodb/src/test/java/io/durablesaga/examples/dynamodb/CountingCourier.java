package io.durablesaga.examples.dynamodb;

import io.durablesaga.examples.order.Parcel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A courier in memory: asked twice, he sends two parcels. */
final class CountingCourier implements Courier {
    private final List<Parcel> sent = new ArrayList<>();

    @Override
    public synchronized Parcel send(String contents, String address, String reference) {
        Parcel parcel = new Parcel(reference, address);
        sent.add(parcel);
        return parcel;
    }

    @Override
    public synchronized Optional<Parcel> sent(String reference) {
        return sent.stream()
                .filter(parcel -> parcel.tracking().equals(reference))
                .findFirst();
    }

    synchronized int parcels() {
        return sent.size();
    }
}
