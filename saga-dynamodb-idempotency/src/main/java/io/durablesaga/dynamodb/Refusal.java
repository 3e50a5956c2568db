package io.durablesaga.dynamodb;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Why there surely is no effect. */
public sealed interface Refusal {
    /** It is being undone, or has been, or its undo came first: it must not happen any more. */
    record Undone() implements Refusal {}

    /** It failed for good under this key, as a claim; this is what was said of it. */
    record ForGood(String failure) implements Refusal {}

    /**
     * The update's own condition does not hold.
     *
     * @param item as it is without its stamps, empty if there is none
     */
    record OfItem(Map<String, AttributeValue> item) implements Refusal {}

    /** Own conditions of these writes of a transaction do not hold. */
    record OfWrites(List<RefusedWrite> writes) implements Refusal {}
}
