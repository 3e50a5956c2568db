package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.dispatcher.Decision;
import java.util.List;

/** What an event source's events look like, and what it is answered. */
interface EventSource {
    /** Which it is. */
    EventKind kind();

    /**
     * The records of an event, in its order. A record that cannot be read is one of them.
     *
     * @throws IllegalArgumentException if it is no event of this source
     */
    List<Delivery> deliveries(JsonNode event);

    /**
     * What Lambda is to hear.
     *
     * @param decisions one for each delivery, in the same order
     * @throws BatchNotAcknowledged if a record is to be delivered again and no answer says so
     */
    JsonNode answer(List<Delivery> deliveries, List<Decision> decisions);
}
