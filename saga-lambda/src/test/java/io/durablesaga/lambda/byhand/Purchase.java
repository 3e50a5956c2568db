package io.durablesaga.lambda.byhand;

/**
 * What somebody buys.
 *
 * @param item what
 * @param cents for how much
 * @param card the card to charge
 */
public record Purchase(String item, long cents, String card) {}
