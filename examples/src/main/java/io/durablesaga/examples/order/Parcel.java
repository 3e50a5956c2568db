package io.durablesaga.examples.order;

/**
 * A parcel on its way.
 *
 * @param tracking what the customer follows it by
 * @param address where it goes
 */
public record Parcel(String tracking, String address) {}
