package io.durablesaga.examples.dynamodb;

import io.durablesaga.dynamodb.IdempotencyTable;

/**
 * The tables of a shop.
 *
 * @param stock one item per article, with the partition key {@code id} of type String
 * @param keys one record per parcel that the courier was asked to send
 */
public record Tables(String stock, IdempotencyTable keys) {}
