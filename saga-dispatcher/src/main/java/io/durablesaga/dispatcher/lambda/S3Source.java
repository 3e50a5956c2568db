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
import java.util.Set;

/**
 * S3 buckets that invoke the function themselves. What is left out says who asked for the change, over which request and by which rule
 * of the bucket it is told, and nothing of the object.
 */
final class S3Source extends RecordsSource {
    private static final Set<String> ABOUT_THE_REQUEST =
            Set.of("userIdentity", "requestParameters", "responseElements");
    private static final String ABOUT_THE_RULE = "configurationId";

    S3Source() {
        super(EventKind.S3, (deliveries, decisions) -> Returned.none(decisions));
    }

    @Override
    Delivery delivery(JsonNode record) {
        return Delivery.of(new Incoming(
                origin(record), Sequence.NONE, Arrival.UNMARKED, content(record), Map.of(), Optional.empty()));
    }

    /** Which change of which object: of changes without a sequencer, when it was. */
    private Optional<Origin> origin(JsonNode record) {
        JsonNode bucket = record.path("s3").path("bucket");
        JsonNode object = record.path("s3").path("object");
        Optional<String> place = Fields.text(bucket, "arn").or(() -> Fields.text(bucket, "name"));
        Optional<String> sequence = Fields.text(object, "sequencer").or(() -> Fields.text(record, "eventTime"));
        Optional<String> key = Fields.text(object, "key");
        if (place.isEmpty() || sequence.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        // the key comes last: it alone has slashes
        String id = String.join(
                "/",
                Fields.text(record, "eventName").orElse(""),
                sequence.get(),
                Fields.text(object, "versionId").orElse(""),
                key.get());
        return Optional.of(new Origin(kind().text(), place.get(), id));
    }

    private Content content(JsonNode record) {
        Optional<String> misplaced = kind().misplaced(record);
        if (misplaced.isPresent()) {
            return Delivery.unreadable(misplaced.get(), record);
        }
        if (!record.path("s3").isObject()) {
            return Delivery.unreadable("it says nothing of an object", record);
        }
        ObjectNode stable = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : record.properties()) {
            if (!ABOUT_THE_REQUEST.contains(field.getKey())) {
                stable.set(field.getKey(), field.getValue());
            }
        }
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        change.setAll((ObjectNode) record.path("s3"));
        change.remove(ABOUT_THE_RULE);
        return new Content.Tree(stable.set("s3", change));
    }
}
