package io.durablesaga.dispatcher.lambda;

/**
 * What a source calls a record when it is returned.
 *
 * @param place within the event: a shard, a partition; empty where there is only one
 * @param id what the record is called there
 */
record Item(String place, String id) {}
