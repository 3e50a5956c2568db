package io.durablesaga.properties.dispatcher;

import java.util.function.Supplier;

/** Carries out a write unless it is planned to go wrong. */
final class Writing {
    private Writing() {}

    static <T> T carriedOut(Life life, Fault fault, Supplier<T> write) {
        life.check();
        switch (fault) {
            case THROWN -> throw new IllegalStateException("planned");
            case DIES_BEFORE -> throw life.dies();
            default -> {}
        }
        T written = write.get();
        switch (fault) {
            case THROWN_AFTER -> throw new IllegalStateException("planned");
            case DIES_AFTER -> throw life.dies();
            default -> {}
        }
        return written;
    }
}
