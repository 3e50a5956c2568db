package io.durablesaga.examples.payment;

/** What a reviewer says of a transfer. */
public enum Verdict {
    /** It may go. */
    APPROVED,
    /** It may not. */
    REFUSED
}
