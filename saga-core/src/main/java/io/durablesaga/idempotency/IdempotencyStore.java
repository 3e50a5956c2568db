package io.durablesaga.idempotency;

import java.time.Duration;
import java.util.Objects;

/**
 * Claims keys, so that an effect whose provider knows no idempotency keys still happens once. Every write that completes or
 * releases a claim is conditional on still holding it. Implementations are thread-safe.
 *
 * <pre>{@code
 * Claim claim = store.claim(Request.of(s.key(), s.key(), Duration.ofMinutes(5)));
 * if (claim instanceof Claim.Completed done) { return read(done.result()); }
 * if (claim instanceof Claim.Granted granted) {
 *     Payment payment = cards.charge(...);
 *     if (!store.complete(granted, write(payment))) { ... another owner has taken over ... }
 * }
 * }</pre>
 */
public interface IdempotencyStore {
    /** Claims a key, or says who has it or what came of it. */
    Claim claim(Request request);

    /**
     * Records the result for good, if the claim is still held.
     *
     * @return whether it was; if not, nothing has been written
     */
    boolean complete(Claim.Granted claim, String result);

    /**
     * Gives the key back because there surely was no effect, if the claim is still held.
     *
     * @return whether it was; if not, nothing has been written
     */
    boolean release(Claim.Granted claim);

    /**
     * A key to claim.
     *
     * @param key the effect
     * @param owner who claims: the same owner re-enters at once, another waits for the lease to end
     * @param fingerprint of what is done under the key, or empty; the same key with another fingerprint is refused
     * @param lease how long others stay out
     */
    record Request(String key, String owner, String fingerprint, Duration lease) {
        /** All parts are required, the lease positive. */
        public Request {
            Objects.requireNonNull(fingerprint, "fingerprint");
            if (Objects.requireNonNull(key, "key").isBlank()
                    || Objects.requireNonNull(owner, "owner").isBlank()) {
                throw new IllegalArgumentException("key and owner must not be blank");
            }
            if (Objects.requireNonNull(lease, "lease").toMillis() < 1) {
                throw new IllegalArgumentException("lease: " + lease + "; longer than the effect may take");
            }
        }

        /** Without a fingerprint. */
        public static Request of(String key, String owner, Duration lease) {
            return new Request(key, owner, "", lease);
        }
    }
}
