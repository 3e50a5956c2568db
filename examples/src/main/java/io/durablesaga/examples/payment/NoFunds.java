package io.durablesaga.examples.payment;

/** The account does not hold that much; nothing has been set aside. */
public final class NoFunds extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoFunds(String message) {
        super(message);
    }
}
