package io.durablesaga.dynamodb;

import io.durablesaga.dynamodb.UpdateExpression.Clause;
import java.nio.charset.StandardCharsets;
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
        return size < few() || (item.generation() == turn.generation() && size < room());
    }

    /** Undos find room where no more actions do; each leaves two stamps. */
    private int room() {
        return when == When.TO_HAPPEN ? settings.most() : 3 * settings.most();
    }

    private int few() {
        return Math.max(1, settings.most() / FEW);
    }

    UpdateItemRequest at(Turn turn) {
        String condition = turn.over().isPresent() ? conditionAfterPause() : condition(turn);
        String own = update.conditionExpression();
        Map<String, AttributeValue> values = new HashMap<>(update.expressionAttributeValues());
        values.putAll(values(turn));
        return update.toBuilder()
                .updateExpression(expression(turn))
                .conditionExpression(own == null ? condition : "(" + own + ") AND " + condition)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .expressionAttributeValues(values)
                .build();
    }

    private String expression(Turn turn) {
        UpdateExpression own = update.updateExpression() == null
                ? UpdateExpression.none()
                : UpdateExpression.parse(update.updateExpression());
        String slot = slot(turn.generation());
        String next = slot(turn.generation() + 1);
        String last = slot(turn.generation() - 1);
        UpdateExpression stamped = own.and(Clause.SET, settings.atAttribute() + " = " + VALUE + "at");
        return (turn.over().isPresent()
                        ? stamped.and(Clause.SET, slot + " = " + VALUE + "new").and(Clause.REMOVE, next + ", " + last)
                        : stamped.and(Clause.ADD, slot + " " + VALUE + "new").and(Clause.REMOVE, next))
                .toString();
    }

    /**
     * Nothing speaks against it. What is said of an attribute that is not there is false, so that nothing does on a new item. Each
     * generation empties the next one's slot, so there are stamps in the slot of a generation that has not written from long ago only.
     */
    private String condition(Turn turn) {
        String at = settings.atAttribute();
        String slot = slot(turn.generation());
        String against = at + " > " + VALUE + "at OR " + at + " < " + VALUE + "keep OR (size(" + slot + ") >= " + VALUE
                + "few AND (" + at + " < " + VALUE + "at OR size(" + slot + ") >= " + VALUE + "most))";
        if (when == When.TO_HAPPEN) {
            // the slot before these two is emptied now
            String last = slot(turn.generation() - 1);
            return "NOT (" + against + " OR " + contains(slot, "key") + " OR " + contains(last, "key") + ")";
        }
        return "NOT (" + against + ") AND " + stamps();
    }

    private String conditionAfterPause() {
        return settings.atAttribute() + " = " + VALUE + "over AND " + stamps();
    }

    /** What all stamps must say. */
    private String stamps() {
        String happened = anywhere("key");
        return switch (when) {
            case TO_HAPPEN -> "NOT " + happened;
            case NOT_HAPPENED -> "NOT " + anywhere("barred") + " AND NOT " + happened;
            case HAPPENED -> "NOT " + anywhere("barred") + " AND " + happened;
            case KNOWN_TO_HAVE_HAPPENED -> "NOT " + anywhere("barred");
        };
    }

    private String anywhere(String value) {
        return StampSettings.slots()
                .mapToObj(slot -> contains(settings.slotAttribute(slot), value))
                .collect(Collectors.joining(" OR ", "(", ")"));
    }

    private static String contains(String slot, String value) {
        return "contains(" + slot + ", " + VALUE + value + ")";
    }

    private String slot(long generation) {
        return settings.slotAttribute(StampSettings.slot(generation));
    }

    /** DynamoDB refuses values that are not used. An undo stamps the key too, which is what an action looks for. */
    private Map<String, AttributeValue> values(Turn turn) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(VALUE + "at", AttributeValue.fromS(settings.mark(turn.generation())));
        values.put(
                VALUE + "new", AttributeValue.fromSs(when == When.TO_HAPPEN ? List.of(key) : List.of(key, barred())));
        if (when != When.TO_HAPPEN) {
            values.put(VALUE + "barred", AttributeValue.fromS(barred()));
        }
        if (when != When.KNOWN_TO_HAVE_HAPPENED) {
            values.put(VALUE + "key", AttributeValue.fromS(key));
        }
        if (turn.over().isPresent()) {
            values.put(
                    VALUE + "over",
                    AttributeValue.fromS(settings.mark(turn.over().getAsLong())));
        } else {
            values.put(VALUE + "keep", AttributeValue.fromS(settings.leastMark()));
            values.put(VALUE + "few", number(few()));
            values.put(VALUE + "most", number(room()));
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
