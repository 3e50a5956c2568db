package io.durablesaga.idempotency;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Claims keys, so that an effect whose provider knows no idempotency keys still happens once. Every write that completes,
 * extends or releases a claim is conditional on still holding it, and may be repeated: the second time it says what the first
 * said. Implementations are thread-safe. {@link Once} is how most code uses one.
 */
public interface IdempotencyStore {
    /** Claims a key, or says who has it or what came of it. */
    Claim claim(Request request);

    /**
     * Claims the undo of an action, and refuses that action from then on, whether it came before or not. An undo has its own
     * lease and its own end beside the action's.
     */
    UndoClaim claimUndo(UndoRequest request);

    /**
     * Records the result for good, if the claim is still held.
     *
     * @return whether it was, or this result of this claim is already recorded; if not, nothing has been written
     */
    boolean complete(Claim.Granted claim, String result);

    /**
     * Records for good that there surely was no effect and never will be, if the claim, of an action, is still held.
     *
     * @param failure what whoever asks again is told
     * @return whether it was, or this failure of this claim is already recorded; if not, nothing has been written
     */
    boolean fail(Claim.Granted claim, String failure);

    /**
     * Gives the key back because there surely was no effect, if the claim is still held.
     *
     * @return whether it was, or this claim has been released already; if not, nothing has been written
     */
    boolean release(Claim.Granted claim);

    /**
     * Begins the lease anew, if the claim is still held. One that lasts longer already stays: a request to extend it may arrive after
     * a later one.
     *
     * @param lease how long others stay out from now at least
     * @return whether it was; if not, nothing has been written, and somebody else may be having the effect
     */
    boolean extend(Claim.Granted claim, Duration lease);

    /**
     * A key to claim.
     *
     * @param key the effect
     * @param owner who claims: the same owner re-enters at once, another waits for the lease to end
     * @param fingerprint of what is done under the key, or empty; the same key with another fingerprint is refused
     * @param lease how long others stay out
     * @param superseding the fence of a holder that is known to be gone, whose lease therefore does not count
     */
    record Request(String key, String owner, String fingerprint, Duration lease, OptionalLong superseding) {
        /** All parts are required, the lease positive. */
        public Request {
            Objects.requireNonNull(fingerprint, "fingerprint");
            Objects.requireNonNull(superseding, "superseding");
            requireText(key, owner);
            requireLease(lease);
        }

        /** Without a fingerprint. */
        public static Request of(String key, String owner, Duration lease) {
            return new Request(key, owner, "", lease, OptionalLong.empty());
        }

        /** For this payload: the same key with another one is refused. */
        public Request forPayload(Fingerprint payload) {
            return new Request(key, owner, payload.text(), lease, superseding);
        }

        /** Without waiting for the lease of a holder that is surely gone. A holder that has come since is waited for. */
        public Request takingOver(Claim.InProgress gone) {
            return new Request(key, owner, fingerprint, lease, OptionalLong.of(gone.fence()));
        }
    }

    /**
     * An undo to claim.
     *
     * @param actionKey the effect to undo
     * @param actionOwner who claimed that, if anybody did
     * @param owner who undoes it: the same owner re-enters at once, another waits for the lease to end
     * @param lease how long others stay out
     */
    record UndoRequest(String actionKey, String actionOwner, String owner, Duration lease) {
        /** All parts are required, the lease positive. */
        public UndoRequest {
            requireText(actionKey, owner);
            requireText(actionKey, actionOwner);
            requireLease(lease);
        }
    }

    private static void requireText(String key, String owner) {
        if (Objects.requireNonNull(key, "key").isBlank()
                || Objects.requireNonNull(owner, "owner").isBlank()) {
            throw new IllegalArgumentException("key and owner must not be blank");
        }
    }

    private static void requireLease(Duration lease) {
        if (Objects.requireNonNull(lease, "lease").toMillis() < 1) {
            throw new IllegalArgumentException("lease: " + lease + "; longer than the effect may take");
        }
    }
}
