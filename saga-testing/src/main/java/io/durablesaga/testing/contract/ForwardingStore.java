package io.durablesaga.testing.contract;

import io.durablesaga.idempotency.Claim;
import io.durablesaga.idempotency.IdempotencyStore;
import io.durablesaga.idempotency.UndoClaim;
import java.time.Duration;

/** A store that hands everything on to another one. */
class ForwardingStore implements IdempotencyStore {
    private final IdempotencyStore store;

    ForwardingStore(IdempotencyStore store) {
        this.store = store;
    }

    @Override
    public Claim claim(Request request) {
        return store.claim(request);
    }

    @Override
    public UndoClaim claimUndo(UndoRequest request) {
        return store.claimUndo(request);
    }

    @Override
    public boolean complete(Claim.Granted claim, String result) {
        return store.complete(claim, result);
    }

    @Override
    public boolean fail(Claim.Granted claim, String failure) {
        return store.fail(claim, failure);
    }

    @Override
    public boolean release(Claim.Granted claim) {
        return store.release(claim);
    }

    @Override
    public boolean extend(Claim.Granted claim, Duration lease) {
        return store.extend(claim, lease);
    }
}
