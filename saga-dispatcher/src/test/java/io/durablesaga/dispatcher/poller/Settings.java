package io.durablesaga.dispatcher.poller;

/**
 * How an event source is set up.
 *
 * @param seed of all chance
 * @param batchSize how many records an event has at most
 * @param mostDeliveries how often a record is delivered before it is put away; asynchronous invocations have three by themselves
 * @param redeliveries how many records come again at most although they were acknowledged
 * @param bisect whether streams halve a batch that fails
 */
public record Settings(long seed, int batchSize, int mostDeliveries, int redeliveries, boolean bisect) {
    /** At least one record, and one delivery. */
    public Settings {
        if (batchSize < 1 || mostDeliveries < 1) {
            throw new IllegalArgumentException("batches of " + batchSize + ", " + mostDeliveries + " deliveries");
        }
    }
}
