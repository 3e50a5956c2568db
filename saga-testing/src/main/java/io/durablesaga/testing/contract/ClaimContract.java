package io.durablesaga.testing.contract;

import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.IdempotencyStore.Request;
import io.durablesaga.idempotency.IdempotencyStore.UndoRequest;
import io.durablesaga.idempotency.UndoClaim;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;

/** What the suites of idempotency stores have in common: a store, and a clock that only they advance. */
abstract class ClaimContract {
    static final Duration LEASE = Duration.ofMinutes(5);
    static final int THREADS = 16;

    /** What a store must give back as it was given. */
    static final List<String> TEXTS = List.of("", " ", "null", "{\"name\":\"Zoë ☂ \uD83D\uDE00\"}", "x".repeat(10_000));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));

    IdempotencyStore store;

    /** A store without claims, in the time of this clock; whoever extends the suite closes what must be closed. */
    protected abstract IdempotencyStore open(InstantSource clock);

    @BeforeEach
    void openStore() {
        store = open(now::get);
    }

    final Claim claim(String key, String owner) {
        return store.claim(Request.of(key, owner, LEASE));
    }

    final Claim.Granted granted(String key, String owner) {
        return granted(claim(key, owner));
    }

    static Claim.Granted granted(Claim claim) {
        if (claim instanceof Claim.Granted granted) {
            return granted;
        }
        throw new AssertionError("not granted: " + claim);
    }

    /** Undoes what {@code owner} did. */
    final UndoClaim claimUndo(String key, String undoer) {
        return store.claimUndo(new UndoRequest(key, "owner", undoer, LEASE));
    }

    final UndoClaim.Granted undoGranted(String key, String undoer) {
        return granted(claimUndo(key, undoer));
    }

    static UndoClaim.Granted granted(UndoClaim claim) {
        if (claim instanceof UndoClaim.Granted granted) {
            return granted;
        }
        throw new AssertionError("not granted: " + claim);
    }

    final void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    /** This long after now. */
    final Instant in(Duration time) {
        return now.get().plus(time);
    }

    static <T> List<T> atOnce(Together.One<T> one) throws Exception {
        return Together.all(THREADS, one);
    }
}
