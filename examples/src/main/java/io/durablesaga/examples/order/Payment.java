package io.durablesaga.examples.order;

/**
 * Money taken from a card.
 *
 * @param id the card provider's number of it
 * @param amount how much
 * @param card which card
 */
public record Payment(String id, Money amount, String card) {}
