package io.durablesaga.engine;

import java.util.Objects;

/** What a person says of a parked undo, or of a parked step past the pivot. */
public sealed interface Decision {
    /** Attempt it again, with the same key and a fresh budget. */
    record Retry() implements Decision {}

    /** Leave it and go on; the saga ends stuck and lists it. */
    record Skip(String reason) implements Decision {
        /** The reason is required. */
        public Skip {
            requireReason(reason);
        }
    }

    /** It is settled by hand; the saga goes on as if it had been done. */
    record Resolved(String reason) implements Decision {
        /** The reason is required. */
        public Resolved {
            requireReason(reason);
        }
    }

    private static void requireReason(String reason) {
        if (Objects.requireNonNull(reason, "reason").isBlank()) {
            throw new IllegalArgumentException("reason: say why, for whoever reads this later");
        }
    }
}
