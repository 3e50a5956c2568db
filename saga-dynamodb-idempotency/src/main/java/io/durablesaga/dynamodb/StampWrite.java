package io.durablesaga.dynamodb;

import io.durablesaga.dynamodb.UpdateExpression.Clause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * An update that leaves a stamp on the item it updates.
 *
 * @param settings where stamps stand
 * @param update its user's own part
 * @param key of the action
 * @param when what the stamps on the item must say for it
 */
record StampWrite(StampSettings settings, UpdateItemRequest update, String key, When when) {
    private static final String MARKER = "!";
    private static final String NAME = "#stamp_";
    private static final String VALUE = ":stamp_";
    private static final int MOST_KEY_BYTES = 256;
    private static final int FEW = 10; // one in so many

    /** What must be said of an action for a write. None is let in once the action is undone. */
    enum When {
        /** It has not happened: it happens now. */
        TO_HAPPEN,
        /** It has happened: it is undone. */
        HAPPENED,
        /** It is known to have happened, whether its stamp is still there or not: it is undone. */
        KNOWN_TO_HAVE_HAPPENED,
        /** It has not happened: it is kept from happening. */
        NOT_HAPPENED
    }

    /**
     * For which time a write is meant.
     *
     * @param generation whose slot it writes into
     * @param over the latest generation on the item if that is so long ago that no stamp need be kept, which then are all dropped
     */
    record Turn(long generation, OptionalLong over) {
        static Turn of(long generation) {
            return new Turn(generation, OptionalLong.empty());
        }
    }

    StampWrite {
        if (update.hasAttributeUpdates() || update.hasExpected() || update.conditionalOperatorAsString() != null) {
            throw new IllegalArgumentException("attributeUpdates, expected and conditionalOperator do not go with"
                    + " expressions, which a stamp needs; write them as updateExpression and conditionExpression");
        }
        requireOwn(NAME, update.expressionAttributeNames().keySet());
        requireOwn(VALUE, update.expressionAttributeValues().keySet());
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (key.isBlank() || key.startsWith(MARKER) || bytes > MOST_KEY_BYTES) {
            throw new IllegalArgumentException("key: of " + bytes + " bytes; 1 to " + MOST_KEY_BYTES
                    + ", not blank and not beginning with " + MARKER + ", which marks what is undone");
        }
    }

    /** Without the user's part: nothing but the stamp. */
    StampWrite barrier() {
        UpdateItemRequest bare = UpdateItemRequest.builder()
                .tableName(update.tableName())
                .key(update.key())
                .returnValues("UPDATED_NEW")
                .build();
        return new StampWrite(settings, bare, key, When.NOT_HAPPENED);
    }

    /** Stands on an item for an action that must not happen on it any more. */
    String barred() {
        return MARKER + key;
    }

    /** Whether what the stamps say lets it in. */
    boolean isLetInBy(StampedItem item) {
        return !item.has(barred())
                && switch (when) {
                    case TO_HAPPEN, NOT_HAPPENED -> !item.has(key);
                    case HAPPENED -> item.has(key);
                    case KNOWN_TO_HAVE_HAPPENED -> true;
                };
    }

    /**
     * Whether its slot has room for it. What is left there from before a pause of more than a generation may take little of that; if
     * it takes more it is dropped first, by {@link Turn#over}.
     */
    boolean hasRoomOn(StampedItem item, Turn turn) {
        int size = item.size(turn.generation());
        return size < few() || (item.generation() >= turn.generation() - 1 && size < room());
    }

    /** Undos find room where no more actions do. */
    private int room() {
        return when == When.TO_HAPPEN ? settings.most() : 2 * settings.most();
    }

    private int few() {
        return Math.max(1, settings.most() / FEW);
    }

    UpdateItemRequest at(Turn turn) {
        String condition = condition(turn);
        String own = update.conditionExpression();
        UpdateItemRequest.Builder request = update.toBuilder()
                .updateExpression(expression(turn))
                .conditionExpression(own == null ? condition : "(" + own + ") AND " + condition)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        Map<String, String> names = new HashMap<>(update.expressionAttributeNames());
        StampSettings.slots().forEach(slot -> names.put(NAME + slot, settings.slotAttribute(slot)));
        names.put(NAME + "at", settings.atAttribute());
        names.put(NAME + "keep", settings.keepAttribute());
        Map<String, AttributeValue> values = new HashMap<>(update.expressionAttributeValues());
        values.putAll(values(turn));
        return request.expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    private String expression(Turn turn) {
        UpdateExpression own = update.updateExpression() == null
                ? UpdateExpression.none()
                : UpdateExpression.parse(update.updateExpression());
        String slot = NAME + StampSettings.slot(turn.generation());
        String next = NAME + StampSettings.slot(turn.generation() + 1);
        String last = NAME + StampSettings.slot(turn.generation() - 1);
        UpdateExpression stamped =
                own.and(Clause.SET, NAME + "at = " + VALUE + "at, " + NAME + "keep = " + VALUE + "keep");
        return (turn.over().isPresent()
                        ? stamped.and(Clause.SET, slot + " = " + VALUE + "new").and(Clause.REMOVE, next + ", " + last)
                        : stamped.and(Clause.ADD, slot + " " + VALUE + "new").and(Clause.REMOVE, next))
                .toString();
    }

    private String condition(Turn turn) {
        String slot = NAME + StampSettings.slot(turn.generation());
        List<String> terms = new ArrayList<>();
        if (turn.over().isPresent()) {
            terms.add(NAME + "at = " + VALUE + "over");
            terms.add(NAME + "keep = " + VALUE + "keep");
        } else {
            terms.add("(attribute_not_exists(" + NAME + "at) OR (" + NAME + "at <= " + VALUE + "at AND " + NAME
                    + "keep = " + VALUE + "keep))");
            terms.add("(attribute_not_exists(" + slot + ") OR size(" + slot + ") < " + VALUE + "few OR (" + NAME
                    + "at >= " + VALUE + "before AND size(" + slot + ") < " + VALUE + "room))");
        }
        terms.add("NOT " + stamped("barred"));
        if (when != When.KNOWN_TO_HAVE_HAPPENED) {
            terms.add((when == When.HAPPENED ? "" : "NOT ") + stamped("key"));
        }
        return String.join(" AND ", terms);
    }

    private static String stamped(String value) {
        return StampSettings.slots()
                .mapToObj(slot -> "contains(" + NAME + slot + ", " + VALUE + value + ")")
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    /** DynamoDB refuses values that are not used. */
    private Map<String, AttributeValue> values(Turn turn) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(VALUE + "at", number(turn.generation()));
        values.put(VALUE + "keep", number(settings.keep().toMillis()));
        values.put(VALUE + "new", AttributeValue.fromSs(List.of(when == When.TO_HAPPEN ? key : barred())));
        values.put(VALUE + "barred", AttributeValue.fromS(barred()));
        if (when != When.KNOWN_TO_HAVE_HAPPENED) {
            values.put(VALUE + "key", AttributeValue.fromS(key));
        }
        if (turn.over().isPresent()) {
            values.put(VALUE + "over", number(turn.over().getAsLong()));
        } else {
            values.put(VALUE + "before", number(turn.generation() - 1));
            values.put(VALUE + "few", number(few()));
            values.put(VALUE + "room", number(room()));
        }
        return values;
    }

    private static void requireOwn(String prefix, Iterable<String> placeholders) {
        for (String placeholder : placeholders) {
            if (placeholder.startsWith(prefix)) {
                throw new IllegalArgumentException("placeholder " + placeholder + ": those that begin with " + prefix
                        + " are ours; name it otherwise");
            }
        }
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }
}
