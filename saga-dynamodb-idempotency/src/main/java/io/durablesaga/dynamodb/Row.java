package io.durablesaga.dynamodb;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** One side of a record, as it was read. */
final class Row {
    static final String IN_PROGRESS = "INPROGRESS";
    static final String COMPLETED = "COMPLETED";
    static final String FAILED = "FAILED";
    static final String RELEASED = "RELEASED";

    private final Lane lane;
    private final Map<String, AttributeValue> item;

    Row(Lane lane, Map<String, AttributeValue> item) {
        this.lane = lane;
        this.item = item;
    }

    boolean is(String status) {
        return text(lane.status).equals(status);
    }

    /** Whether anything is recorded on this side. */
    boolean exists() {
        return item.containsKey(lane.status);
    }

    String owner() {
        return text(lane.owner);
    }

    long fence() {
        return number(lane.fence);
    }

    String claim() {
        return text(lane.claim);
    }

    /** Whether the last grant went to somebody while an earlier one was open: then the end of that lease stands there, a number. */
    boolean takenOver() {
        return number(lane.before) != 0;
    }

    /** When the lease ends; a record of somebody else's need not say. */
    Instant until() {
        return item.containsKey(lane.until) ? Instant.ofEpochMilli(number(lane.until)) : Instant.MAX;
    }

    String validation() {
        return text(lane.validation);
    }

    Texts.Stored stored() {
        return new Texts.Stored(text(lane.data), item.containsKey(lane.form) ? text(lane.form) : Texts.PLAIN);
    }

    private String text(String attribute) {
        return Optional.ofNullable(item.get(attribute)).map(AttributeValue::s).orElse("");
    }

    private long number(String attribute) {
        return Optional.ofNullable(item.get(attribute))
                .map(AttributeValue::n)
                .map(Long::parseLong)
                .orElse(0L);
    }
}
