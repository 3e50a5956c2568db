package io.durablesaga.idempotency;

/** Why {@link Once} gives no result. Each kind says whether there was an effect, and what to do. */
public abstract sealed class ClaimException extends RuntimeException
        permits AnothersEffect, ClaimLost, EffectUnknown, InProgressElsewhere, OtherPayload {
    private static final long serialVersionUID = 1L;

    private final String key;

    ClaimException(String key, String message) {
        super("key " + key + ": " + message);
        this.key = key;
    }

    /** Of what. */
    public final String key() {
        return key;
    }
}
