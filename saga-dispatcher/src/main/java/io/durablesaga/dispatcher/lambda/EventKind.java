package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The event sources there is a handler for, and how one tells whose an event is. */
enum EventKind {
    SQS(SqsDispatcher.class),
    KINESIS(KinesisDispatcher.class),
    DYNAMODB(DynamoDbStreamDispatcher.class),
    KAFKA(KafkaDispatcher.class),
    EVENTBRIDGE(EventBridgeDispatcher.class),
    SNS(SnsDispatcher.class),
    S3(S3Dispatcher.class);

    /** What events call their source; those of EventBridge do not. */
    private static final Map<String, EventKind> NAMED = Map.of(
            "aws:sqs", SQS,
            "aws:kinesis", KINESIS,
            "aws:dynamodb", DYNAMODB,
            "aws:kafka", KAFKA,
            "SelfManagedKafka", KAFKA,
            "aws:sns", SNS,
            "aws:s3", S3);

    private static final int MOST_FIELDS = 20;
    private static final int LONGEST_FIELD = 40;

    private final Class<?> handler;

    EventKind(Class<?> handler) {
        this.handler = handler;
    }

    /** As in origins and metrics. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whose event it is, as far as it says. */
    static Optional<EventKind> of(JsonNode event) {
        if (event.has("detail-type")) {
            return Optional.of(EVENTBRIDGE);
        }
        for (JsonNode record : event.path("Records")) {
            Optional<EventKind> kind = named(record);
            if (kind.isPresent()) {
                return kind;
            }
        }
        return named(event);
    }

    /** Whose a record says it is, empty if it does not say or nobody here is called so. */
    private static Optional<EventKind> named(JsonNode record) {
        return Optional.ofNullable(NAMED.get(source(record)));
    }

    /** SNS alone writes it with a capital. */
    private static String source(JsonNode record) {
        return record.path("eventSource").asText(record.path("EventSource").asText(""));
    }

    /**
     * The records of an event that has an array of them.
     *
     * @throws IllegalArgumentException if it has none, or all that say whose they are say another's
     */
    List<JsonNode> records(JsonNode event) {
        JsonNode records = event.path("Records");
        if (!records.isArray()) {
            throw notOurs(event);
        }
        List<JsonNode> all = new ArrayList<>(records.size());
        boolean ours = false;
        boolean others = false;
        for (JsonNode record : records) {
            all.add(record);
            boolean misplaced = misplaced(record).isPresent();
            ours = ours || !misplaced;
            others = others || (misplaced && record.isObject());
        }
        if (others && !ours) {
            throw notOurs(event);
        }
        return all;
    }

    /** Why a record is none of this source, or empty: one that does not say is taken for what it looks like. */
    Optional<String> misplaced(JsonNode record) {
        if (!record.isObject()) {
            return Optional.of("it is no JSON object");
        }
        Optional<EventKind> named = named(record);
        if (source(record).isEmpty() || named.equals(Optional.of(this))) {
            return Optional.empty();
        }
        return Optional.of(named.map(
                        other -> "it is a record of " + other.text() + ", and this handler takes those of " + text())
                .orElse("it is a record of a source that is not known, and this handler takes those of " + text()));
    }

    /** An exception that says what was seen, without anything of what it holds, and whose it may be. */
    IllegalArgumentException notOurs(JsonNode event) {
        String other = of(event)
                .filter(kind -> kind != this)
                .map(kind -> "; it is one of " + kind.text() + ", for " + kind.handler.getSimpleName())
                .orElse("");
        return new IllegalArgumentException(
                "this is no event of " + text() + ", for " + handler.getSimpleName() + ", but " + seen(event) + other);
    }

    private static String seen(JsonNode event) {
        if (!event.isObject()) {
            return "JSON of type " + event.getNodeType().name().toLowerCase(Locale.ROOT);
        }
        List<String> fields = new ArrayList<>();
        event.fieldNames()
                .forEachRemaining(field -> fields.add(field.substring(0, Math.min(LONGEST_FIELD, field.length()))
                        .replaceAll("[^ -~]", "?")));
        return "an object with the fields "
                + fields.subList(0, Math.min(MOST_FIELDS, fields.size()))
                + (fields.size() > MOST_FIELDS ? " and " + (fields.size() - MOST_FIELDS) + " more" : "");
    }
}
