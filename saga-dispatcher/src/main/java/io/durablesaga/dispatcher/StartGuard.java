package io.durablesaga.dispatcher;

import io.durablesaga.engine.Sha256;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was started, longer than engines do. Whoever finds a claim without a result begins again: a start may be repeated, so
 * the owner of a claim is its name with its payload, and the same start is let in at once.
 */
final class StartGuard {
    /** An execution that was started so lately is known to its engine, which may be slow to say so. */
    private static final Duration SURELY_KNOWN = Duration.ofHours(12);

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String KEY = "start-";
    private static final int MOST_TRIES = 20;

    private final IdempotencyStore store;
    private final InstantSource clock;

    StartGuard(IdempotencyStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** In the name of this start: whoever has the same to start is let in at once, whoever has another waits. */
    Claim claim(String name, String payload) {
        return store.claim(IdempotencyStore.Request.of(KEY + name, name + " " + Sha256.hex(payload), LEASE));
    }

    /**
     * Remembers a start. If another has claimed it meanwhile, that is the same start, and whether the other will ever say so is not
     * known: the claim is taken back.
     *
     * @return whether it is remembered
     */
    boolean started(Claim.Granted claim, String name, String payload, @Nullable String execution) {
        String result =
                clock.instant().toEpochMilli() + " " + Sha256.hex(payload) + " " + (execution == null ? "" : execution);
        Claim held = claim;
        for (int tries = 0; tries < MOST_TRIES && held instanceof Claim.Granted granted; tries++) {
            if (store.complete(granted, result)) {
                return true;
            }
            held = claim(name, payload);
        }
        return held instanceof Claim.Completed;
    }

    /** Nothing was started: whoever comes next claims the name anew, with whatever payload. */
    void notStarted(Claim.Granted claim) {
        store.release(claim);
    }

    /**
     * What was started once.
     *
     * @param at when
     * @param payload the SHA-256 of what it was started on
     * @param execution what the engine called it, or null if it did not say
     */
    record Remembered(Instant at, String payload, @Nullable String execution) {
        static Remembered of(Claim.Completed completed) {
            String[] parts = completed.result().split(" ", 3);
            return new Remembered(
                    Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1], parts[2].isEmpty() ? null : parts[2]);
        }

        boolean isOf(String otherPayload) {
            return payload.equals(Sha256.hex(otherPayload));
        }
    }

    /** Whether the engine, if it knows no such execution, has forgotten it. */
    boolean longAgo(Remembered start) {
        return start.at().plus(SURELY_KNOWN).isBefore(clock.instant());
    }
}
