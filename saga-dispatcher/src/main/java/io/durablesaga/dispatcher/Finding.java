package io.durablesaga.dispatcher;

import org.jspecify.annotations.Nullable;

/**
 * What was found out about a record, before it is said what becomes of it.
 *
 * @param outcome what came of it
 * @param name of the execution, or null if it has none
 * @param detail what was seen
 */
record Finding(Outcome outcome, @Nullable String name, String detail) {
    static Finding of(Outcome outcome, @Nullable String name, String detail) {
        return new Finding(outcome, name, detail);
    }
}
