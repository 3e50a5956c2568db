package io.durablesaga.dispatcher.poller;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A message of a queue, with how often it was received. */
final class SqsMessage {
    final Sent sent;
    final String id;
    int receives;

    SqsMessage(Sent sent, String id) {
        this.sent = sent;
        this.id = id;
    }

    /** As SQS writes it now: a handle of its own for each delivery. */
    ObjectNode written(String queue, boolean grouped) {
        ObjectNode message = Json.object();
        message.put("messageId", id);
        message.put("receiptHandle", "AQEB" + id + "/" + receives);
        sent.body().ifPresent(body -> message.put("body", body));
        ObjectNode attributes = message.putObject("attributes");
        attributes.put("ApproximateReceiveCount", Integer.toString(receives));
        attributes.put("SentTimestamp", "1545082649183");
        attributes.put("SenderId", "AIDAIENQZJOLO23YVJ4VO");
        attributes.put("ApproximateFirstReceiveTimestamp", "1545082649185");
        if (grouped) {
            attributes.put("MessageGroupId", sent.lane());
        }
        message.putObject("messageAttributes");
        message.put("md5OfBody", "e4e68fb7bd0e697a0ae8f1bb342846b3");
        message.put("eventSource", "aws:sqs");
        message.put("eventSourceARN", queue);
        message.put("awsRegion", "eu-west-1");
        return message;
    }
}
