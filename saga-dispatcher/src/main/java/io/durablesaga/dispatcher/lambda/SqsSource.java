package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.dispatcher.Arrival;
import io.durablesaga.dispatcher.Content;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.dispatcher.Sequence;
import java.util.Map;
import java.util.Optional;

/** SQS queues, standard and FIFO. Receipt handles, receive counts and times change from delivery to delivery and are left out. */
final class SqsSource extends RecordsSource {
    /** Is not a group id that SQS allows: it has no blanks in them. */
    private static final String NO_GROUP = "no message group";

    private static final String GROUP = "messageGroupId";

    SqsSource() {
        super(EventKind.SQS, Returned::each);
    }

    @Override
    Delivery delivery(JsonNode message) {
        Optional<String> id = Fields.text(message, "messageId");
        Optional<String> queue = Fields.text(message, "eventSourceARN");
        Optional<Origin> origin = queue.flatMap(arn -> id.map(of -> new Origin(kind().text(), arn, of)));
        Optional<String> group = Fields.text(message.path("attributes"), "MessageGroupId");
        // standard queues have message groups too, without an order
        boolean fifo = queue.map(arn -> arn.endsWith(".fifo")).orElse(group.isPresent());
        Map<String, String> attributes = Fields.attributes(message.path("messageAttributes"), SqsSource::attribute);
        if (fifo) {
            group.ifPresent(of -> attributes.put(GROUP, of));
        }
        Incoming incoming = new Incoming(
                origin,
                fifo ? Sequence.of(group.orElse(NO_GROUP)) : Sequence.NONE,
                arrival(message.path("attributes")),
                content(message),
                attributes,
                Optional.empty());
        return new Delivery(letter(message, incoming), id.map(of -> new Item("", of)));
    }

    /**
     * A message that was a dead letter is the record it was before. One that cannot be opened is not taken as it is: it could start
     * another execution than it did.
     */
    private static Incoming letter(JsonNode message, Incoming incoming) {
        JsonNode header = message.path("messageAttributes").path(Letter.ATTRIBUTE);
        if (header.isMissingNode() || !(incoming.content() instanceof Content.Text body)) {
            return incoming;
        }
        return Letter.open(header.path("stringValue").asText(""), body.text())
                .map(opened -> Letter.reopened(incoming, opened))
                .orElseGet(() -> new Incoming(
                        incoming.origin(),
                        incoming.sequence(),
                        incoming.arrival(),
                        Delivery.unreadable(
                                "its attribute " + Letter.ATTRIBUTE + " is none that this version can open", message),
                        incoming.attributes(),
                        incoming.kept()));
    }

    private Content content(JsonNode message) {
        Optional<String> misplaced = kind().misplaced(message);
        if (misplaced.isPresent()) {
            return Delivery.unreadable(misplaced.get(), message);
        }
        JsonNode body = message.path("body");
        return body.isTextual()
                ? new Content.Text(body.textValue())
                : Delivery.unreadable("it has no body that is text", message);
    }

    private static Arrival arrival(JsonNode attributes) {
        // it was put into a dead-letter queue by SQS, and moved back
        if (Fields.text(attributes, "DeadLetterQueueSourceArn").isPresent()) {
            return Arrival.AGAIN;
        }
        String count = attributes.path("ApproximateReceiveCount").asText("");
        if (!count.matches("[1-9][0-9]{0,9}")) {
            return Arrival.UNMARKED;
        }
        return count.equals("1") ? Arrival.FIRST : Arrival.AGAIN;
    }

    private static Optional<String> attribute(String name, JsonNode attribute) {
        if (name.equals(Letter.ATTRIBUTE)) {
            return Optional.empty();
        }
        String type = attribute.path("dataType").asText("");
        boolean binary = type.equals("Binary") || type.startsWith("Binary.");
        return binary
                ? Optional.empty()
                : Optional.ofNullable(attribute.path("stringValue").textValue());
    }
}
