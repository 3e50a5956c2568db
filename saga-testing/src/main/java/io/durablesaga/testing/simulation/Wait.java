package io.durablesaga.testing.simulation;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What an operation waits for when nothing else can bring it on.
 *
 * @param until when it goes on by itself, or null if never
 * @param decision whether a person has to decide
 * @param over whether what it waits for has happened in the meantime
 */
record Wait(@Nullable Long until, boolean decision, BooleanSupplier over) {

    static Wait until(long time) {
        return new Wait(time, false, () -> false);
    }
}
