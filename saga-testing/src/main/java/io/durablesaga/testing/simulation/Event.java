package io.durablesaga.testing.simulation;

/** What a record says. */
enum Event {
    STARTED,
    OPENED,
    RETRY,
    AGAIN,
    COMPLETED,
    FAILED
}
