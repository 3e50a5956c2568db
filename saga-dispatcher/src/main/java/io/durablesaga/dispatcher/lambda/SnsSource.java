package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.dispatcher.Arrival;
import io.durablesaga.dispatcher.Content;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.dispatcher.Sequence;
import java.util.Map;
import java.util.Optional;

/** SNS topics that invoke the function themselves. Signatures and times are left out. */
final class SnsSource extends RecordsSource {
    SnsSource() {
        super(EventKind.SNS, (deliveries, decisions) -> Returned.none(decisions));
    }

    @Override
    Delivery delivery(JsonNode record) {
        JsonNode notification = record.path("Sns");
        Map<String, String> attributes =
                Fields.attributes(notification.path("MessageAttributes"), (name, attribute) -> attribute(attribute));
        Fields.text(notification, "Subject").ifPresent(subject -> attributes.put("subject", subject));
        return Delivery.of(new Incoming(
                Fields.text(notification, "TopicArn")
                        .flatMap(topic ->
                                Fields.text(notification, "MessageId").map(id -> new Origin(kind().text(), topic, id))),
                Sequence.NONE,
                Arrival.UNMARKED,
                content(record, notification.path("Message")),
                attributes,
                Optional.empty()));
    }

    private Content content(JsonNode record, JsonNode message) {
        Optional<String> misplaced = kind().misplaced(record);
        if (misplaced.isPresent()) {
            return Delivery.unreadable(misplaced.get(), record);
        }
        return message.isTextual()
                ? new Content.Text(message.textValue())
                : Delivery.unreadable("it has no message that is text", record);
    }

    private static Optional<String> attribute(JsonNode attribute) {
        return attribute.path("Type").asText("").equals("Binary")
                ? Optional.empty()
                : Optional.ofNullable(attribute.path("Value").textValue());
    }
}
