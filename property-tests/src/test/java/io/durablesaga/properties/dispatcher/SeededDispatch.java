package io.durablesaga.properties.dispatcher;

import io.durablesaga.properties.Seeded;

/** A number of tries of its own: each plays the whole life of an event source. */
final class SeededDispatch extends Seeded {
    SeededDispatch() {
        super("dispatch.tries", 40);
    }
}
