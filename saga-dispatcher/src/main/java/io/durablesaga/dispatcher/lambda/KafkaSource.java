package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.durablesaga.dispatcher.Arrival;
import io.durablesaga.dispatcher.Content;
import io.durablesaga.dispatcher.Decision;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.dispatcher.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Kafka topics, on Amazon MSK and elsewhere. */
final class KafkaSource implements EventSource {
    private static final String KEY = "key";

    @Override
    public EventKind kind() {
        return EventKind.KAFKA;
    }

    @Override
    public List<Delivery> deliveries(JsonNode event) {
        JsonNode partitions = event.path("records");
        if (!partitions.isObject() || kind().misplaced(event).isPresent()) {
            throw kind().notOurs(event);
        }
        Optional<String> cluster = cluster(event);
        List<Delivery> deliveries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> partition : partitions.properties()) {
            JsonNode records = partition.getValue();
            // what is no array is one record that cannot be read: it must not be passed over
            for (JsonNode record : records.isArray()
                    ? records
                    : JsonNodeFactory.instance.arrayNode().add(records)) {
                deliveries.add(delivery(cluster, partition.getKey(), record));
            }
        }
        return deliveries;
    }

    @Override
    public JsonNode answer(List<Delivery> deliveries, List<Decision> decisions) {
        return Returned.lowestOffsets(deliveries, decisions);
    }

    /** Its ARN, or its servers, in whatever order they are listed. */
    private static Optional<String> cluster(JsonNode event) {
        return Fields.text(event, "eventSourceArn")
                .or(() -> Fields.text(event, "bootstrapServers")
                        .map(servers -> Arrays.stream(servers.split(",", -1))
                                .map(String::strip)
                                .sorted()
                                .collect(Collectors.joining(","))));
    }

    private Delivery delivery(Optional<String> cluster, String partition, JsonNode record) {
        Optional<String> offset = Fields.offset(record, "offset").map(Object::toString);
        Incoming incoming = new Incoming(
                cluster.flatMap(of -> offset.map(number -> new Origin(kind().text(), of + "/" + partition, number))),
                new Sequence(partition, record.path(KEY).asText("")),
                Arrival.UNMARKED,
                content(record),
                attributes(record),
                Optional.empty());
        return new Delivery(incoming, offset.map(number -> new Item(partition, number)));
    }

    private static Content content(JsonNode record) {
        if (!record.isObject()) {
            return Delivery.unreadable("it is no JSON object", record);
        }
        JsonNode value = record.path("value");
        if (value.isNull() || value.isMissingNode()) {
            return Delivery.unreadable("it has no value: it is a tombstone, which deletes its key", record);
        }
        return Fields.base64(value)
                .<Content>map(Content.Bytes::new)
                .orElseGet(() -> Delivery.unreadable("its value is no Base64", record));
    }

    /** The last header of each name, as Kafka's own clients take it; and the record's key, before a header called so. */
    private static Map<String, String> attributes(JsonNode record) {
        Map<String, String> attributes = new TreeMap<>();
        for (JsonNode header : record.path("headers")) {
            for (Map.Entry<String, JsonNode> named : header.properties()) {
                bytes(named.getValue()).flatMap(Fields::utf8).ifPresent(text -> attributes.put(named.getKey(), text));
            }
        }
        attributes.remove(KEY);
        Fields.base64(record.path(KEY)).flatMap(Fields::utf8).ifPresent(text -> attributes.put(KEY, text));
        return attributes;
    }

    /** Bytes as an array of numbers, which Lambda writes with a sign. */
    private static Optional<byte[]> bytes(JsonNode numbers) {
        if (!numbers.isArray()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[numbers.size()];
        for (int at = 0; at < bytes.length; at++) {
            JsonNode number = numbers.get(at);
            if (!number.isInt() || number.intValue() < Byte.MIN_VALUE || number.intValue() > 0xFF) {
                return Optional.empty();
            }
            bytes[at] = (byte) number.intValue();
        }
        return Optional.of(bytes);
    }
}
