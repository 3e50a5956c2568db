package io.durablesaga.examples.order;

/**
 * What a customer wants. Its number is the name of the execution.
 *
 * @param item what
 * @param quantity how many
 * @param total for how much
 * @param card the card to charge
 * @param address where the parcel goes
 */
public record Order(String item, int quantity, Money total, String card, String address) {
    /** Refuses an order that no shop can take. */
    public void check() {
        if (quantity < 1 || total.cents() < 1) {
            throw new IllegalArgumentException(quantity + " x " + item + " for " + total + ": order at least one");
        }
    }
}
