package io.durablesaga.idempotency;

import java.time.Instant;

/** Somebody else is having the effect. Nothing has been done; ask again when the lease has ended. */
public final class InProgressElsewhere extends ClaimException {
    private static final long serialVersionUID = 1L;

    private final String owner;
    private final Instant until;

    /** Of this key, who has it, and until when. */
    public InProgressElsewhere(String key, String owner, Instant until) {
        super(key, "it is in progress, held by " + owner + " until " + until + "; ask again then");
        this.owner = owner;
        this.until = until;
    }

    /** Who has it. */
    public String owner() {
        return owner;
    }

    /** When its lease ends. */
    public Instant until() {
        return until;
    }
}
