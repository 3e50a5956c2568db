package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.dispatcher.Arrival;
import io.durablesaga.dispatcher.Content;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.dispatcher.Sequence;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Kinesis data streams. */
final class KinesisSource extends RecordsSource {
    /** What the Kinesis Producer Library begins a record with that holds several. */
    private static final byte[] AGGREGATED = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};

    private static final String NO_SHARD = "no shard";
    private static final String PARTITION_KEY = "partitionKey";

    KinesisSource() {
        super(EventKind.KINESIS, Returned::lowest);
    }

    @Override
    Delivery delivery(JsonNode record) {
        JsonNode data = record.path("kinesis");
        // the shard and the sequence number, with a colon between them
        Optional<String> id = Fields.text(record, "eventID").filter(text -> text.lastIndexOf(':') > 0);
        String shard = id.map(text -> text.substring(0, text.lastIndexOf(':'))).orElse(NO_SHARD);
        Optional<String> key = Fields.text(data, PARTITION_KEY);
        Incoming incoming = new Incoming(
                Fields.text(record, "eventSourceARN").flatMap(arn -> id.map(of -> new Origin(kind().text(), arn, of))),
                new Sequence(shard, key.orElse("")),
                Arrival.UNMARKED,
                content(record, data.path("data")),
                key.map(text -> Map.of(PARTITION_KEY, text)).orElse(Map.of()),
                Optional.empty());
        return new Delivery(
                incoming, Fields.sequenceNumber(data, "sequenceNumber").map(number -> new Item(shard, number)));
    }

    private Content content(JsonNode record, JsonNode data) {
        Optional<String> misplaced = kind().misplaced(record);
        if (misplaced.isPresent()) {
            return Delivery.unreadable(misplaced.get(), record);
        }
        Optional<byte[]> bytes = Fields.base64(data);
        if (bytes.isEmpty()) {
            return Delivery.unreadable("it has no data that is Base64", record);
        }
        if (isAggregated(bytes.get())) {
            return Delivery.unreadable(
                    "it holds several records, aggregated by the Kinesis Producer Library; turn aggregation off in the"
                            + " producer",
                    record);
        }
        return new Content.Bytes(bytes.get());
    }

    private static boolean isAggregated(byte[] bytes) {
        return bytes.length >= AGGREGATED.length
                && Arrays.equals(bytes, 0, AGGREGATED.length, AGGREGATED, 0, AGGREGATED.length);
    }
}
