package io.durablesaga.lambda.service;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The service's time, for functions that need a clock. */
final class VirtualClock extends Clock {
    private final Store store;

    VirtualClock(Store store) {
        this.store = store;
    }

    @Override
    public Instant instant() {
        return store.now();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("virtual time is UTC");
    }
}
