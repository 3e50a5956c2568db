package io.durablesaga.dispatcher;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of a record and what the source is to do with it.
 *
 * @param record the record
 * @param outcome what came of it
 * @param acknowledged whether the source may forget it; if not, it is to deliver it again
 * @param deadLettered whether it was handed to the dead letters
 * @param name of the execution, the last one where there are several attempts, or null if the record could not be named
 * @param detail what was seen, without anything of what the record says; may be empty
 */
public record Decision(
        Incoming record,
        Outcome outcome,
        boolean acknowledged,
        boolean deadLettered,
        @Nullable String name,
        String detail) {
    /** All but the name are required. */
    public Decision {
        Objects.requireNonNull(record, "record");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(detail, "detail");
    }

    static Decision returned(Incoming record, Outcome outcome, @Nullable String name, String detail) {
        return new Decision(record, outcome, false, false, name, detail);
    }

    static Decision notReached(Incoming record, String detail) {
        return returned(record, Outcome.NOT_REACHED, null, detail);
    }
}
