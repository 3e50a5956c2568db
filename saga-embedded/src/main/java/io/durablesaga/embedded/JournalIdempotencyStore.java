package io.durablesaga.embedded;

import io.durablesaga.embedded.journal.ClaimRow;
import io.durablesaga.embedded.journal.ClaimRow.State;
import io.durablesaga.embedded.journal.Committer;
import io.durablesaga.embedded.journal.Reads;
import io.durablesaga.embedded.journal.Writes;
import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.Claim.Side;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.UndoClaim;
import io.durablesaga.idempotency.UndoClaim.Past;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
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
    public UndoClaim claimUndo(UndoRequest request) {
        return committer.commit(writes -> claimUndo(request, writes));
    }

    @Override
    public boolean complete(Claim.Granted claim, String result) {
        return end(claim, State.COMPLETED, Objects.requireNonNull(result, "result"));
    }

    @Override
    public boolean fail(Claim.Granted claim, String failure) {
        if (claim.side() == Side.UNDO) {
            throw new IllegalArgumentException("key " + claim.key()
                    + ": an undo does not fail for good; complete it, release it, or leave it claimed to be repeated");
        }
        return end(claim, State.FAILED, Objects.requireNonNull(failure, "failure"));
    }

    @Override
    public boolean release(Claim.Granted claim) {
        return end(claim, State.RELEASED, null);
    }

    @Override
    public boolean extend(Claim.Granted claim, Duration lease) {
        long millis = Operation.millis(lease);
        return committer.commit(writes -> {
            Optional<ClaimRow> held = granted(claim, writes).filter(row -> isHeld(row, writes));
            held.ifPresent(row -> writes.put(row.until(Math.max(row.until(), clock.millis() + millis))));
            return held.isPresent();
        });
    }

    private Claim claim(Request request, Writes writes) {
        if (isUndone(request.key(), writes)) {
            return new Claim.Undone();
        }
        Optional<ClaimRow> found = writes.claim(request.key(), Side.ACTION);
        if (found.isEmpty()) {
            return grant(request, 1, false, writes);
        }
        ClaimRow row = found.get();
        if (row.state() != State.RELEASED && !row.fingerprint().equals(request.fingerprint())) {
            return new Claim.OtherPayload(row.fingerprint());
        }
        return switch (row.state()) {
            case COMPLETED -> new Claim.Completed(row.ended());
            case FAILED -> new Claim.Failed(row.ended());
            case RELEASED -> grant(request, row.fence() + 1, false, writes);
            case HELD -> {
                boolean superseded = request.superseding().isPresent()
                        && request.superseding().getAsLong() == row.fence();
                yield superseded || isFree(row, request.owner())
                        ? grant(request, row.fence() + 1, true, writes)
                        : new Claim.InProgress(row.owner(), row.fence(), Instant.ofEpochMilli(row.until()));
            }
        };
    }

    private UndoClaim claimUndo(UndoRequest request, Writes writes) {
        Optional<ClaimRow> action =
                writes.claim(request.actionKey(), Side.ACTION).filter(row -> row.state() != State.RELEASED);
        if (action.isPresent() && !action.get().owner().equals(request.actionOwner())) {
            return new UndoClaim.AnothersAction(action.get().owner());
        }
        Past past = action.map(JournalIdempotencyStore::past).orElseGet(Past.Nothing::new);
        Optional<ClaimRow> found = writes.claim(request.actionKey(), Side.UNDO);
        if (found.isEmpty()) {
            return grant(request, 1, false, past, writes);
        }
        ClaimRow row = found.get();
        if (row.state() == State.COMPLETED) {
            return new UndoClaim.Completed(row.ended());
        }
        boolean held = row.state() == State.HELD;
        return held && !isFree(row, request.owner())
                ? new UndoClaim.InProgress(row.owner(), row.fence(), Instant.ofEpochMilli(row.until()))
                : grant(request, row.fence() + 1, held, past, writes);
    }

    private static Past past(ClaimRow action) {
        return switch (action.state()) {
            case HELD -> new Past.Unknown(Instant.ofEpochMilli(action.until()));
            case COMPLETED -> new Past.Completed(action.ended());
            case RELEASED, FAILED -> new Past.Nothing();
        };
    }

    private Claim grant(Request request, long fence, boolean takenOver, Writes writes) {
        Claim.Granted granted = new Claim.Granted(request.key(), Side.ACTION, request.owner(), fence, takenOver);
        writes.put(held(granted, request.fingerprint(), request.lease()));
        return granted;
    }

    private UndoClaim grant(UndoRequest request, long fence, boolean takenOver, Past past, Writes writes) {
        Claim.Granted granted = new Claim.Granted(request.actionKey(), Side.UNDO, request.owner(), fence, takenOver);
        writes.put(held(granted, "", request.lease()));
        return new UndoClaim.Granted(granted, past);
    }

    private ClaimRow held(Claim.Granted claim, String fingerprint, Duration lease) {
        long until = clock.millis() + Operation.millis(lease);
        return new ClaimRow(
                claim.key(), claim.side(), claim.owner(), claim.fence(), fingerprint, until, State.HELD, null);
    }

    private boolean end(Claim.Granted claim, State end, @Nullable String text) {
        return committer.commit(writes -> {
            Optional<ClaimRow> granted = granted(claim, writes);
            Optional<ClaimRow> held = granted.filter(row -> isHeld(row, writes));
            held.ifPresent(row -> writes.put(row.ended(end, text)));
            return held.isPresent()
                    || granted.filter(row -> row.state() == end && Objects.equals(row.text(), text))
                            .isPresent();
        });
    }

    /** The row of this grant, unless a later one has taken its place. */
    private static Optional<ClaimRow> granted(Claim.Granted claim, Reads reads) {
        return reads.claim(claim.key(), claim.side())
                .filter(row -> row.fence() == claim.fence() && row.owner().equals(claim.owner()));
    }

    private static boolean isHeld(ClaimRow row, Reads reads) {
        return row.state() == State.HELD && (row.side() == Side.UNDO || !isUndone(row.key(), reads));
    }

    /** An undo that was once granted stays, whatever became of it, and so does what it refuses. */
    private static boolean isUndone(String key, Reads reads) {
        return reads.claim(key, Side.UNDO).isPresent();
    }

    private boolean isFree(ClaimRow held, String owner) {
        return held.owner().equals(owner) || clock.millis() >= held.until();
    }
}
