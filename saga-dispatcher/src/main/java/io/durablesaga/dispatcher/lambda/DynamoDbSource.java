package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.durablesaga.dispatcher.Arrival;
import io.durablesaga.dispatcher.Content;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.dispatcher.Sequence;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Streams of DynamoDB tables. A batch is of one shard, which the event does not name: its stream stands for it. */
final class DynamoDbSource extends RecordsSource {
    private static final String NO_STREAM = "no stream";
    private static final String TABLE = ":table/";

    DynamoDbSource() {
        super(EventKind.DYNAMODB, Returned::lowest);
    }

    @Override
    Delivery delivery(JsonNode record) {
        JsonNode change = record.path("dynamodb");
        Optional<String> stream = Fields.text(record, "eventSourceARN");
        Optional<String> number = Fields.sequenceNumber(change, "SequenceNumber");
        String group = stream.orElse(NO_STREAM);
        Optional<Origin> origin = stream.flatMap(arn -> Fields.text(record, "eventID")
                .flatMap(id -> number.map(of -> new Origin(kind().text(), arn, id + ":" + of))));
        Incoming incoming = new Incoming(
                origin,
                new Sequence(group, lane(change.path("Keys"))),
                Arrival.UNMARKED,
                content(record, change),
                stream.flatMap(DynamoDbSource::table)
                        .map(table -> Map.of("table", table))
                        .orElse(Map.of()),
                Optional.empty());
        return new Delivery(incoming, number.map(of -> new Item(group, of)));
    }

    /** One text for one item, in whatever order its keys are written. */
    private static String lane(JsonNode keys) {
        Map<String, String> sorted = new TreeMap<>();
        for (Map.Entry<String, JsonNode> key : keys.properties()) {
            sorted.put(EventJson.text(JsonNodeFactory.instance.textNode(key.getKey())), EventJson.text(key.getValue()));
        }
        return sorted.toString();
    }

    private static Optional<String> table(String arn) {
        int from = arn.indexOf(TABLE);
        String rest = from < 0 ? "" : arn.substring(from + TABLE.length());
        String table = rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
        return table.isEmpty() ? Optional.empty() : Optional.of(table);
    }

    private Content content(JsonNode record, JsonNode change) {
        Optional<String> misplaced = kind().misplaced(record);
        if (misplaced.isPresent()) {
            return Delivery.unreadable(misplaced.get(), record);
        }
        Optional<String> name = Fields.text(record, "eventName");
        if (name.isEmpty() || !change.path("Keys").isObject()) {
            return Delivery.unreadable("it says no change, or not of which item", record);
        }
        ObjectNode plain = JsonNodeFactory.instance.objectNode().put("change", name.get());
        try {
            plain.set("keys", PlainItem.of(change.path("Keys")));
            if (change.hasNonNull("NewImage")) {
                plain.set("newImage", PlainItem.of(change.path("NewImage")));
            }
            if (change.hasNonNull("OldImage")) {
                plain.set("oldImage", PlainItem.of(change.path("OldImage")));
            }
        } catch (PlainItem.NoItem e) {
            return Delivery.unreadable("its item is none: " + e.getMessage(), record);
        }
        return new Content.Tree(plain);
    }
}
