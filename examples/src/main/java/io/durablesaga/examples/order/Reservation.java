package io.durablesaga.examples.order;

/**
 * Stock that is set aside.
 *
 * @param id the warehouse's number of it
 * @param item what
 * @param quantity how many
 */
public record Reservation(String id, String item, int quantity) {}
