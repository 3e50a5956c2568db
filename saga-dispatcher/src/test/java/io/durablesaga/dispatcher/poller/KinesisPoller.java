package io.durablesaga.dispatcher.poller;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A Kinesis data stream. */
public final class KinesisPoller extends ShardPoller {
    private static final String STREAM = "arn:aws:kinesis:eu-west-1:123456789012:stream/orders";

    /** Empty. */
    public KinesisPoller(Settings settings, Ledger ledger) {
        super(settings, ledger);
    }

    @Override
    String place() {
        return STREAM;
    }

    @Override
    String originId(String shard, Shard.Entry entry) {
        return shard + ":" + entry.id();
    }

    @Override
    ObjectNode written(String shard, Shard.Entry entry) {
        ObjectNode record = Json.object();
        ObjectNode data = record.putObject("kinesis");
        data.put("kinesisSchemaVersion", "1.0");
        data.put("partitionKey", entry.sent().lane());
        data.put("sequenceNumber", entry.id());
        entry.sent().body().ifPresent(body -> data.put("data", Json.base64(body)));
        data.put("approximateArrivalTimestamp", 1545084650.987);
        record.put("eventSource", "aws:kinesis");
        record.put("eventVersion", "1.0");
        record.put("eventID", originId(shard, entry));
        record.put("eventName", "aws:kinesis:record");
        record.put("invokeIdentityArn", "arn:aws:iam::123456789012:role/lambda-role");
        record.put("awsRegion", "eu-west-1");
        record.put("eventSourceARN", STREAM);
        return record;
    }
}
