package io.durablesaga.start;

import java.util.Objects;

/**
 * There was no answer, or none that settles anything: whether the execution exists is not known.
 *
 * @param detail what was seen
 * @param passing whether it may be over soon, as an outage is and a missing permission is not
 */
public record Failed(String detail, boolean passing) implements StartAnswer, StandingAnswer {
    /** What was seen is required. */
    public Failed {
        Objects.requireNonNull(detail, "detail");
    }
}
