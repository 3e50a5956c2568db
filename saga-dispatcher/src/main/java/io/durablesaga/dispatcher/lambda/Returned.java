package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.durablesaga.dispatcher.Decision;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** How a source is told which records it is to deliver again. */
final class Returned {
    private Returned() {}

    /** Each one, for queues. */
    static JsonNode each(List<Delivery> deliveries, List<Decision> decisions) {
        Set<Item> each = new LinkedHashSet<>(items(deliveries, decisions));
        return failures(each, item -> TextNode.valueOf(item.id()));
    }

    /** The lowest of each shard, after which a stream delivers all again. */
    static JsonNode lowest(List<Delivery> deliveries, List<Decision> decisions) {
        return failures(lowest(items(deliveries, decisions)).values(), item -> TextNode.valueOf(item.id()));
    }

    /** The lowest of each partition, as Kafka's event source writes it. */
    static JsonNode lowestOffsets(List<Delivery> deliveries, List<Decision> decisions) {
        return failures(lowest(items(deliveries, decisions)).values(), item -> {
            ObjectNode identifier = JsonNodeFactory.instance.objectNode();
            identifier.put("partition", item.place());
            identifier.set("offset", LongNode.valueOf(Long.parseLong(item.id())));
            return identifier;
        });
    }

    /** None: a source that takes no list. */
    static JsonNode none(List<Decision> decisions) {
        for (Decision decision : decisions) {
            if (!decision.acknowledged()) {
                throw new BatchNotAcknowledged(
                        decisions,
                        "Lambda tries the event again, and then hands it to the function's on-failure destination");
            }
        }
        return JsonNodeFactory.instance.objectNode().put("records", decisions.size());
    }

    private static List<Item> items(List<Delivery> deliveries, List<Decision> decisions) {
        List<Item> items = new ArrayList<>();
        for (int index = 0; index < decisions.size(); index++) {
            if (!decisions.get(index).acknowledged()) {
                items.add(deliveries
                        .get(index)
                        .item()
                        .orElseThrow(() -> new BatchNotAcknowledged(
                                decisions, "one of them has no identifier, so the whole batch is returned")));
            }
        }
        return items;
    }

    private static Map<String, Item> lowest(List<Item> items) {
        Map<String, Item> lowest = new LinkedHashMap<>();
        for (Item item : items) {
            lowest.merge(
                    item.place(), item, (one, other) -> position(other).compareTo(position(one)) < 0 ? other : one);
        }
        return lowest;
    }

    private static BigInteger position(Item item) {
        return new BigInteger(item.id());
    }

    private static JsonNode failures(Collection<Item> items, Function<Item, JsonNode> identifier) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode failures = answer.putArray("batchItemFailures");
        for (Item item : items) {
            failures.addObject().set("itemIdentifier", identifier.apply(item));
        }
        return answer;
    }
}
