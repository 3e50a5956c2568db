package io.durablesaga.dispatcher.poller;

import java.util.Set;

/** An event source with what stands between it and a function. Used by one thread. */
public interface Poller {
    /** A producer sends a record. */
    void send(Sent record);

    /**
     * Delivers one batch, or gives up what has been delivered often enough.
     *
     * @return whether there was anything to do
     * @throws InvalidAnswer if the function answers what the source does not understand
     */
    boolean poll(EventFunction function);

    /** What goes on as a whole and has an order: what a record of this lane belongs to, or empty where there is no order. */
    String group(String lane);

    /** Which records come from here, by the place and the id of their origin. */
    Set<String> tags(String place, String id);
}
