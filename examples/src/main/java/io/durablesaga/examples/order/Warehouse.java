package io.durablesaga.examples.order;

import io.durablesaga.Effect;

/** Sets stock aside. The same key sets aside once. Thread-safe. */
public interface Warehouse {
    /**
     * Sets stock aside.
     *
     * @throws OutOfStock if there is not enough
     */
    Reservation reserve(String item, int quantity, String key);

    /** Puts back what may have been set aside, and sets nothing aside if that request should still arrive. */
    void release(String item, int quantity, Effect<Reservation> reservation, String key);
}
