package io.durablesaga.examples.payment;

/** People who look at transfers. */
@FunctionalInterface
public interface Reviewers {
    /** Asks for a verdict, to be given by completing the callback of this id. The same key asks once. */
    void ask(Transfer transfer, String callbackId, String key);
}
