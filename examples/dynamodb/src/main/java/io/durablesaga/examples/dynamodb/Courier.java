package io.durablesaga.examples.dynamodb;

import io.durablesaga.examples.order.Parcel;
import java.util.Optional;

/** Takes parcels, and knows no keys: asked twice, he sends two. But he can be asked what he has sent. Thread-safe. */
public interface Courier {
    /**
     * Sends a parcel.
     *
     * @param contents what is in it
     * @param address where it goes
     * @param reference what is written on it
     */
    Parcel send(String contents, String address, String reference);

    /** The first parcel with this reference. */
    Optional<Parcel> sent(String reference);
}
