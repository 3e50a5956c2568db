package io.durablesaga.examples.payment;

/**
 * Money that is to move.
 *
 * @param payer the account it comes from
 * @param payee the account it goes to
 * @param cents how much
 */
public record Transfer(String payer, String payee, long cents) {
    static void check(Transfer transfer) {
        if (transfer.cents() <= 0) {
            throw new IllegalArgumentException("a transfer of " + transfer.cents() + " cents");
        }
    }
}
