package io.durablesaga.dispatcher;

import java.time.Duration;

/** The passing of time, so that tests need not wait for it. */
interface Time {
    /** Nanoseconds since whenever. */
    long nanos();

    /** Waits. */
    void sleep(Duration duration) throws InterruptedException;

    /** A number from 0 to 1, without 1. */
    double chance();
}
