package io.durablesaga.dispatcher.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.MemoryStarter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever any part of a record is instead of what it should be: a good record beside it is started, and the event is answered, or
 * returned as a whole in the one way there is.
 */
class MutatedEventsTest {
    private static final List<String> INSTEAD = List.of(
            "null", "1", "-1", "1.5", "true", "\"\"", "\"x\"", "[]", "{}", "[null]", "{\"a\":null}", "\"\\ud800\"");

    @TestFactory
    Stream<DynamicTest> a_record_that_is_wrong_in_any_one_place_harms_no_other() {
        return Events.ofEach().entrySet().stream()
                .filter(entry -> entry.getKey() != EventKind.EVENTBRIDGE)
                .map(entry -> DynamicTest.dynamicTest(entry.getKey().text(), () -> {
                    JsonNode good = EventJson.read(entry.getValue());
                    String name = name(entry.getKey(), entry.getValue());
                    for (JsonPointer place : places(records(good).get(0), JsonPointer.empty())) {
                        for (String instead : INSTEAD) {
                            JsonNode event = good.deepCopy();
                            ArrayNode records = records(event);
                            records.add(records.get(0));
                            records.set(0, mutated(records.get(0), place, instead));
                            assertStarted(name, entry.getKey(), event, place + " " + instead);
                        }
                    }
                }));
    }

    private static String name(EventKind kind, String event) {
        MemoryStarter starter = new MemoryStarter();
        try (EventHandler handler = Handlers.of(kind, Dispatch.into("orders"), starter)) {
            Invocation.of(handler, event);
        }
        return starter.requests().get(0).name();
    }

    private static ArrayNode records(JsonNode event) {
        return (ArrayNode)
                (event.has("Records")
                        ? event.get("Records")
                        : event.get("records").iterator().next());
    }

    private static void assertStarted(String name, EventKind kind, JsonNode event, String what) {
        MemoryStarter starter = new MemoryStarter();
        Sent queue = new Sent();
        // dead letters take what is poison, so that nothing before it in its shard holds the good one back
        Dispatch dispatch = Dispatch.into("orders").deadLetters(SqsDeadLetters.to(queue, Sent.QUEUE));
        try (EventHandler handler = Handlers.of(kind, dispatch, starter)) {
            JsonNode answer = Invocation.of(handler, EventJson.text(event));
            assertThat(answer.path("batchItemFailures")).as(what).isEmpty();
        }
        // whatever happens to the mutated record, it is one of these
        assertThat(starter.payloads().size() + queue.messages().size()).as(what).isBetween(1, 2);
        assertThat(starter.payloads()).as(what).containsKey(name);
    }

    private static List<JsonPointer> places(JsonNode node, JsonPointer at) {
        List<JsonPointer> places = new ArrayList<>(List.of(at));
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            places.addAll(places(field.getValue(), at.appendProperty(field.getKey())));
        }
        for (int index = 0; index < (node.isArray() ? node.size() : 0); index++) {
            places.addAll(places(node.get(index), at.appendIndex(index)));
        }
        return places;
    }

    private static JsonNode mutated(JsonNode record, JsonPointer place, String instead) throws Exception {
        JsonNode value = EventJson.read(instead);
        if (place.matches()) {
            return value;
        }
        JsonNode copy = record.deepCopy();
        JsonNode parent = copy.at(place.head());
        if (parent instanceof ObjectNode object) {
            object.set(place.last().getMatchingProperty(), value);
        } else {
            ((ArrayNode) parent).set(place.last().getMatchingIndex(), value);
        }
        return copy;
    }
}
