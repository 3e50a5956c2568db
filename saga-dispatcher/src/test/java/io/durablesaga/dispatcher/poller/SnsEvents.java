package io.durablesaga.dispatcher.poller;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Events as SNS writes them. */
final class SnsEvents implements AsynchronousPoller.Writer {
    private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:orders";

    @Override
    public ObjectNode event(List<Sent> records) {
        Sent sent = records.get(0);
        ObjectNode event = Json.object();
        ObjectNode record = event.putArray("Records").addObject();
        record.put("EventSource", "aws:sns");
        record.put("EventVersion", "1.0");
        record.put("EventSubscriptionArn", TOPIC + ":21be56ed-a058-49f5-8c98-aedd2564c486");
        ObjectNode notification = record.putObject("Sns");
        notification.put("Type", "Notification");
        notification.put("MessageId", "message-" + sent.tag());
        notification.put("TopicArn", TOPIC);
        notification.putNull("Subject");
        sent.body().ifPresent(body -> notification.put("Message", body));
        notification.put("Timestamp", "2026-01-01T00:00:00.000Z");
        notification.put("SignatureVersion", "1");
        notification.put("Signature", "tcc6faL2yUC6dgZdmrwh1Y4cGa/ebXEkAi6RibDsvpi+tE/1+82j...65r==");
        notification.putObject("MessageAttributes");
        return event;
    }

    @Override
    public String origin(Sent record) {
        return TOPIC + " message-" + record.tag();
    }
}
