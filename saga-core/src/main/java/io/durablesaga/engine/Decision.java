package io.durablesaga.engine;

import java.util.Objects;

/** What a person says of a parked undo, or of a parked step past the pivot. */
public sealed interface Decision {
    /** Attempt it again, with the same key and a fresh budget. */
    record Retry() implements Decision {}

    /** Leave it and go on, past the pivot without its result; the saga ends stuck and lists it. */
    record Skip(String reason) implements Decision {
        /** The reason is required. */
        public Skip {
            requireReason(reason);
        }
    }

    /**
     * It is settled by hand, and the saga goes on. A step past the pivot has no result then: what reads it by {@code result} fails,
     * and the saga ends stuck, so a saga that may go on without it reads it by {@code find}.
     */
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
