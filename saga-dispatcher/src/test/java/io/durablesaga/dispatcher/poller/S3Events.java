package io.durablesaga.dispatcher.poller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Events as S3 writes them. The body says which object: its {@code order} is the object's key, its {@code v} the size, its {@code pad}
 * the tag. A body that says no such thing is no object.
 */
final class S3Events implements AsynchronousPoller.Writer {
    private static final String BUCKET = "arn:aws:s3:::orders";
    private static final String CREATED = "ObjectCreated:Put";

    @Override
    public ObjectNode event(List<Sent> records) {
        ObjectNode event = Json.object();
        var written = event.putArray("Records");
        records.forEach(sent -> written.add(record(sent)));
        return event;
    }

    private static ObjectNode record(Sent sent) {
        ObjectNode record = Json.object();
        record.put("eventVersion", "2.1");
        record.put("eventSource", "aws:s3");
        record.put("awsRegion", "eu-west-1");
        record.put("eventTime", "2026-01-01T00:00:00.000Z");
        record.put("eventName", CREATED);
        record.putObject("userIdentity").put("principalId", "AIDAJDPLRKLG7UEXAMPLE");
        record.putObject("responseElements").put("x-amz-request-id", "C3D13FE58DE4C810");
        JsonNode body = body(sent);
        if (body.path("order").isTextual()) {
            ObjectNode change = record.putObject("s3");
            change.put("s3SchemaVersion", "1.0");
            change.put("configurationId", "testConfigRule");
            change.putObject("bucket").put("name", "orders").put("arn", BUCKET);
            ObjectNode object = change.putObject("object");
            object.set("key", body.get("order"));
            object.put("size", body.path("v").asInt());
            object.put("eTag", body.path("pad").asText("d41d8cd98f00b204e9800998ecf8427e"));
            object.put("sequencer", sequencer(body));
        } else {
            record.put("s3", "nothing");
        }
        return record;
    }

    private static JsonNode body(Sent sent) {
        return Json.read(sent.body().orElse("nothing"));
    }

    /** The same for the same change. */
    private static String sequencer(JsonNode body) {
        return String.format(
                "%08X%04X",
                body.path("order").asText("").hashCode(), body.path("v").asInt());
    }

    @Override
    public String origin(Sent record) {
        JsonNode body = body(record);
        return BUCKET + " "
                + String.join(
                        "/", CREATED, sequencer(body), "", body.path("order").asText(""));
    }
}
