package io.durablesaga.dynamodb;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** What became of an effect that stamps its item: it has happened in any case. Items are shown without their stamps. */
public sealed interface Stamped {
    /**
     * It has happened, now.
     *
     * @param response to the update, with the attributes it asked for
     */
    record Applied(UpdateItemResponse response) implements Stamped {}

    /**
     * It had happened before, under the same key; nothing was written.
     *
     * @param item as it is now: others may have changed it since
     */
    record Already(Map<String, AttributeValue> item) implements Stamped {}
}
