package io.durablesaga.examples.dynamodb;

import io.durablesaga.examples.order.Parcel;
import io.durablesaga.examples.order.ParcelService;
import io.durablesaga.examples.order.Reservation;
import io.durablesaga.idempotency.EffectKey;
import io.durablesaga.idempotency.OnUnknown;
import io.durablesaga.idempotency.Once;

/**
 * Sends parcels with a courier who knows no keys: the key is claimed before he is asked, and what he answers is kept with it. Where a
 * process died in between, he is asked what he has sent before he is asked to send. Thread-safe.
 */
public final class ClaimedParcelService implements ParcelService {
    private final Courier courier;
    private final Once once;

    /** With this courier. */
    public ClaimedParcelService(Courier courier, Once once) {
        this.courier = courier;
        this.once = once;
    }

    @Override
    public Parcel book(String address, Reservation reservation, String key) throws Exception {
        return once.run(
                EffectKey.of(key, key, Parcel.class), // the execution's own
                OnUnknown.lookUp(() -> courier.sent(key)),
                () -> courier.send(reservation.id(), address, key));
    }
}
