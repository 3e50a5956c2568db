package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.dispatcher.Arrival;
import io.durablesaga.dispatcher.Content;
import io.durablesaga.dispatcher.Decision;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.dispatcher.Sequence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * EventBridge events, and whatever a rule or EventBridge Scheduler is told to send instead. That has no id of its own: it needs a
 * business key.
 */
final class EventBridgeSource implements EventSource {
    private static final List<String> ATTRIBUTES = List.of("detail-type", "source", "time");

    @Override
    public EventKind kind() {
        return EventKind.EVENTBRIDGE;
    }

    @Override
    public List<Delivery> deliveries(JsonNode event) {
        if (event.isNull() || EventKind.of(event).filter(kind -> kind != kind()).isPresent()) {
            throw kind().notOurs(event);
        }
        boolean enveloped = event.path("detail-type").isTextual() && event.has("detail");
        return List.of(Delivery.of(enveloped ? event(event) : alone(event)));
    }

    @Override
    public JsonNode answer(List<Delivery> deliveries, List<Decision> decisions) {
        return Returned.none(decisions);
    }

    private Incoming event(JsonNode event) {
        Map<String, String> attributes = new TreeMap<>();
        ATTRIBUTES.forEach(name -> Fields.text(event, name).ifPresent(text -> attributes.put(name, text)));
        String place = Stream.of("account", "region", "source")
                .map(part -> Fields.text(event, part).orElse(""))
                .collect(Collectors.joining(":"));
        return new Incoming(
                Fields.text(event, "id").map(id -> new Origin(kind().text(), place, id)),
                Sequence.NONE,
                Arrival.UNMARKED,
                new Content.Tree(event.path("detail")),
                attributes,
                Optional.empty());
    }

    private static Incoming alone(JsonNode input) {
        return new Incoming(
                Optional.empty(), Sequence.NONE, Arrival.UNMARKED, new Content.Tree(input), Map.of(), Optional.empty());
    }
}
