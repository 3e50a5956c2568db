package io.durablesaga.dispatcher.poller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The stream of a DynamoDB table: a record's body is the new item, if it is an object, and its lane the item's key. */
public final class DynamoDbPoller extends ShardPoller {
    private static final String STREAM =
            "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000";

    /** Empty. */
    public DynamoDbPoller(Settings settings, Ledger ledger) {
        super(settings, ledger);
    }

    @Override
    String place() {
        return STREAM;
    }

    @Override
    String originId(String shard, Shard.Entry entry) {
        return "event-" + entry.sent().tag() + ":" + entry.id();
    }

    @Override
    ObjectNode written(String shard, Shard.Entry entry) {
        ObjectNode record = Json.object();
        record.put("eventID", "event-" + entry.sent().tag());
        record.put("eventName", "INSERT");
        record.put("eventVersion", "1.1");
        record.put("eventSource", "aws:dynamodb");
        record.put("awsRegion", "eu-west-1");
        ObjectNode change = record.putObject("dynamodb");
        change.put("ApproximateCreationDateTime", 1545084650.0);
        entry.sent().body().ifPresent(body -> {
            change.putObject("Keys").putObject("pk").put("S", entry.sent().lane());
            JsonNode item = Json.read(body);
            change.set(
                    "NewImage",
                    item.isObject() ? attributes(item) : Json.object().put("none", 1));
        });
        change.put("SequenceNumber", entry.id());
        change.put("SizeBytes", 26);
        change.put("StreamViewType", "NEW_AND_OLD_IMAGES");
        record.put("eventSourceARN", STREAM);
        return record;
    }

    private static ObjectNode attributes(JsonNode item) {
        ObjectNode attributes = Json.object();
        for (Map.Entry<String, JsonNode> field : item.properties()) {
            attributes.set(field.getKey(), attribute(field.getValue()));
        }
        return attributes;
    }

    private static ObjectNode attribute(JsonNode value) {
        ObjectNode typed = Json.object();
        if (value.isObject()) {
            typed.set("M", attributes(value));
        } else if (value.isArray()) {
            ArrayNode list = typed.putArray("L");
            value.forEach(item -> list.add(attribute(item)));
        } else if (value.isNumber()) {
            typed.put("N", value.asText());
        } else if (value.isBoolean()) {
            typed.put("BOOL", value.booleanValue());
        } else if (value.isNull()) {
            typed.put("NULL", true);
        } else {
            typed.put("S", value.textValue());
        }
        return typed;
    }
}
