package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.ClaimRow;
import io.durablesaga.embedded.journal.Committer;
import io.durablesaga.embedded.journal.Writes;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Idempotency keys in the engine's own file. Each answer is durable before it is given. */
final class JournalIdempotencyStore implements IdempotencyStore {
    private final Committer committer;
    private final InstantSource clock;

    JournalIdempotencyStore(Committer committer, InstantSource clock) {
        this.committer = committer;
        this.clock = clock;
    }

    @Override
    public Claim claim(Request request) {
        return committer.commit(writes -> claim(request, writes));
    }

    @Override
    public boolean complete(Claim.Granted claim, String result) {
        return ifHeld(claim, result);
    }

    @Override
    public boolean release(Claim.Granted claim) {
        return ifHeld(claim, null);
    }

    private Claim claim(Request request, Writes writes) {
        long now = clock.millis();
        Optional<ClaimRow> found = writes.claim(request.key());
        if (found.isEmpty()) {
            return grant(request, 1, false, now, writes);
        }
        ClaimRow row = found.get();
        boolean open = row.held() || row.result() != null;
        if (open && !row.fingerprint().equals(request.fingerprint())) {
            return new Claim.OtherPayload(row.fingerprint());
        }
        if (row.result() != null) {
            return new Claim.Completed(row.result());
        }
        boolean elsewhere = row.held() && !row.owner().equals(request.owner());
        if (elsewhere && now < row.until()) {
            return new Claim.InProgress(row.owner(), Instant.ofEpochMilli(row.until()));
        }
        return grant(request, row.fence() + 1, row.held(), now, writes);
    }

    private static Claim grant(Request request, long fence, boolean takenOver, long now, Writes writes) {
        long until = now + Operation.millis(request.lease());
        writes.put(new ClaimRow(request.key(), request.owner(), fence, request.fingerprint(), until, true, null));
        return new Claim.Granted(request.key(), request.owner(), fence, takenOver);
    }

    private boolean ifHeld(Claim.Granted claim, @Nullable String result) {
        return committer.commit(writes -> {
            Optional<ClaimRow> row = writes.claim(claim.key());
            boolean held = row.isPresent()
                    && row.get().held()
                    && row.get().fence() == claim.fence()
                    && row.get().owner().equals(claim.owner());
            if (held) {
                ClaimRow before = row.get();
                writes.put(new ClaimRow(
                        before.key(),
                        before.owner(),
                        before.fence(),
                        before.fingerprint(),
                        before.until(),
                        false,
                        result));
            }
            return held;
        });
    }
}
