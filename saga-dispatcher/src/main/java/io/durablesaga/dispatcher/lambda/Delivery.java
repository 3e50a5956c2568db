package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.dispatcher.Content;
import io.durablesaga.dispatcher.Incoming;
import java.util.Optional;

/**
 * One record of an event.
 *
 * @param incoming what is dispatched
 * @param item what the source calls it when it is returned, or empty if it cannot be returned alone
 */
record Delivery(Incoming incoming, Optional<Item> item) {
    static Delivery of(Incoming incoming) {
        return new Delivery(incoming, Optional.empty());
    }

    static Content unreadable(String why, JsonNode record) {
        return new Content.Unreadable(why, EventJson.text(record));
    }
}
