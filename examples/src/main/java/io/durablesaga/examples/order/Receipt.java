package io.durablesaga.examples.order;

/**
 * What the customer gets to read.
 *
 * @param payment the payment's id
 * @param tracking the parcel's tracking number
 */
public record Receipt(String payment, String tracking) {}
