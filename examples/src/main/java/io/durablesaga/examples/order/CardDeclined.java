package io.durablesaga.examples.order;

/** The card provider's clear no: no money has moved. */
public final class CardDeclined extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the provider's reason. */
    public CardDeclined(String message) {
        super(message);
    }
}
