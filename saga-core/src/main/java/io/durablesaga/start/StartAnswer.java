package io.durablesaga.start;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came of starting an execution. */
public sealed interface StartAnswer
        permits StartAnswer.Accepted, StartAnswer.Conflict, StartAnswer.Refused, Throttled, Failed {
    /**
     * It surely exists: started now, or before under the same name with the same payload. Nothing tells which.
     *
     * @param name what it was started under
     * @param execution what the engine calls it, or null if that was not said
     */
    record Accepted(String name, @Nullable String execution) implements StartAnswer {
        /** The name is required. */
        public Accepted {
            Objects.requireNonNull(name, "name");
        }
    }

    /** The name is in use, and not known to be for the same payload: nothing was started. Trying again changes nothing. */
    record Conflict(String detail) implements StartAnswer {
        /** What was seen is required. */
        public Conflict {
            Objects.requireNonNull(detail, "detail");
        }
    }

    /** This payload is started under no name, for it is too large or no input of the saga: trying again changes nothing. */
    record Refused(String detail) implements StartAnswer {
        /** What was seen is required. */
        public Refused {
            Objects.requireNonNull(detail, "detail");
        }
    }
}
