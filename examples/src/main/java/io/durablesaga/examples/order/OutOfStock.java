package io.durablesaga.examples.order;

/** The warehouse's clear no: nothing is set aside. */
public final class OutOfStock extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the warehouse's reason. */
    public OutOfStock(String message) {
        super(message);
    }
}
