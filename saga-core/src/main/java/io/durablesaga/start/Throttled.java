package io.durablesaga.start;

import java.util.Objects;

/**
 * The engine takes no more for now: nothing was done. Trying again later helps.
 *
 * @param reason what it said
 */
public record Throttled(String reason) implements StartAnswer, StandingAnswer {
    /** The reason is required. */
    public Throttled {
        Objects.requireNonNull(reason, "reason");
    }
}
