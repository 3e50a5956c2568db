package io.durablesaga.examples.order;

/** Takes parcels to customers. The same key sends one. Thread-safe. */
public interface ParcelService {
    /**
     * Sends what is reserved to the customer.
     *
     * @throws Exception if it is not known to be on its way
     */
    Parcel book(String address, Reservation reservation, String key) throws Exception;
}
