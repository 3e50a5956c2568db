package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** A dead-letter queue: keeps what it is sent, and hands it to a queue's function as SQS does after a redrive, under a new id. */
final class Sent implements SqsClient {
    static final String QUEUE = "https://sqs.eu-west-1.amazonaws.com/123456789012/dead";

    private final List<SendMessageRequest> messages = new ArrayList<>();
    private boolean away;

    @Override
    public synchronized SendMessageResponse sendMessage(SendMessageRequest request) {
        if (away) {
            throw new IllegalStateException("planned");
        }
        messages.add(request);
        return SendMessageResponse.builder()
                .messageId("dead-" + messages.size())
                .build();
    }

    synchronized List<SendMessageRequest> messages() {
        return List.copyOf(messages);
    }

    SendMessageRequest only() {
        if (messages().size() != 1) {
            throw new AssertionError(messages().size() + " messages");
        }
        return messages().get(0);
    }

    /** Takes nothing from now on. */
    synchronized void goAway() {
        away = true;
    }

    /** All of them, as one event. */
    String redriven() {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        for (SendMessageRequest message : messages()) {
            ObjectNode record = event.withArray("Records").addObject();
            record.put("messageId", "redriven-" + event.get("Records").size())
                    .put("eventSource", "aws:sqs")
                    .put("eventSourceARN", "arn:aws:sqs:eu-west-1:123456789012:again")
                    .put("body", message.messageBody());
            record.putObject("attributes")
                    .put("ApproximateReceiveCount", "1")
                    .put("DeadLetterQueueSourceArn", "arn:aws:sqs:eu-west-1:123456789012:dead");
            ObjectNode attributes = record.putObject("messageAttributes");
            message.messageAttributes()
                    .forEach((name, value) -> attributes
                            .putObject(name)
                            .put("dataType", value.dataType())
                            .put("stringValue", value.stringValue()));
        }
        return EventJson.text(event);
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {}
}
