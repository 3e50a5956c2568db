package io.durablesaga.lambda.byhand;

/** What the flow calls, each with the key that makes a repeated call one effect. */
public interface Services {
    /** Sets goods aside. */
    String reserve(String item, String key);

    /** Undoes a reservation. */
    void release(String reserveKey, String key);

    /**
     * Takes money.
     *
     * @throws Declined if the card does not give it
     */
    String charge(String card, long cents, String key);

    /** Gives it back. */
    void refund(String chargeKey, String key);

    /**
     * Sends the goods.
     *
     * @throws Declined if they cannot be sent
     */
    String ship(String reservation, String key);

    /** Calls the parcel back. */
    void recall(String shipKey, String key);

    /** A clear no. */
    final class Declined extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** With its reason. */
        public Declined(String message) {
            super(message);
        }
    }
}
