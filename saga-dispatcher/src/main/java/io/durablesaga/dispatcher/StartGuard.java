package io.durablesaga.dispatcher;

import io.durablesaga.engine.Sha256;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.Fingerprint;
import io.durablesaga.idempotency.IdempotencyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was started, longer than engines do. Whoever finds a claim without a result begins again: a start may be repeated, so
 * the owner of a claim is its name, which is let in at once.
 */
final class StartGuard {
    /** An execution that was started so lately is known to its engine, which may be slow to say so. */
    private static final Duration SURELY_KNOWN = Duration.ofHours(12);

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int MOST_CLAIMS = 20;
    private static final String KEY = "start-";

    private final IdempotencyStore store;
    private final InstantSource clock;

    StartGuard(IdempotencyStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Claim claim(String name, String payload) {
        return store.claim(
                IdempotencyStore.Request.of(KEY + name, name, LEASE).forPayload(new Fingerprint(Sha256.hex(payload))));
    }

    /**
     * Remembers what was started. Where another delivery of the record has claimed the name since, that one may end without having
     * started anything: whoever has started it writes it down.
     */
    void started(Claim.Granted claim, String name, String payload, @Nullable String execution) {
        String result = clock.instant().toEpochMilli() + " " + (execution == null ? "" : execution);
        Claim held = claim;
        for (int number = 0; number < MOST_CLAIMS; number++) {
            if (held instanceof Claim.Completed
                    || (held instanceof Claim.Granted granted && store.complete(granted, result))) {
                return;
            }
            held = claim(name, payload);
        }
        throw new IllegalStateException("execution '" + name
                + "' was started, and the start guard does not take it: the record is to come again");
    }

    /** Nothing was started, and never will be with this payload. */
    void notStarted(Claim.Granted claim) {
        store.release(claim);
    }

    /**
     * What was started once.
     *
     * @param at when
     * @param execution what the engine called it, or null if it did not say
     */
    record Remembered(Instant at, @Nullable String execution) {
        static Remembered of(Claim.Completed completed) {
            String[] parts = completed.result().split(" ", 2);
            return new Remembered(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1].isEmpty() ? null : parts[1]);
        }
    }

    /** Whether the engine, if it knows no such execution, has forgotten it. */
    boolean longAgo(Remembered start) {
        return start.at().plus(SURELY_KNOWN).isBefore(clock.instant());
    }
}
