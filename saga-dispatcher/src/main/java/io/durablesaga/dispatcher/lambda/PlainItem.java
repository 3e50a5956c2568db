package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A DynamoDB item as plain JSON: texts, exact numbers, booleans, null, objects and arrays. Binary values stay Base64 text. Sets, which
 * have no order, become sorted arrays, so that one item is always the same text.
 */
final class PlainItem {
    /** DynamoDB nests 32 deep. */
    private static final int DEEPEST = 64;

    /** DynamoDB's numbers have 38 digits, and an exponent. */
    private static final int LONGEST_NUMBER = 200;

    private static final int LARGEST_EXPONENT = 200;

    private PlainItem() {}

    /** What is said to be an item is none. */
    static final class NoItem extends Exception {
        private static final long serialVersionUID = 1L;

        NoItem(String why) {
            super(why, null, false, false);
        }
    }

    /** The attributes of an item, by name. */
    static ObjectNode of(JsonNode attributes) throws NoItem {
        return object(attributes, 0);
    }

    private static ObjectNode object(JsonNode attributes, int depth) throws NoItem {
        if (!attributes.isObject()) {
            throw new NoItem("attributes are no object");
        }
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
            plain.set(attribute.getKey(), value(attribute.getValue(), depth));
        }
        return plain;
    }

    private static JsonNode value(JsonNode typed, int depth) throws NoItem {
        if (depth > DEEPEST) {
            throw new NoItem("it is nested deeper than DynamoDB nests");
        }
        if (!typed.isObject() || typed.size() != 1) {
            throw new NoItem("an attribute has no type, or several");
        }
        Map.Entry<String, JsonNode> only = typed.properties().iterator().next();
        JsonNode value = only.getValue();
        return switch (only.getKey()) {
            case "S", "B" -> text(value);
            case "N" -> number(value);
            case "BOOL" -> bool(value);
            case "NULL" -> NullNode.getInstance();
            case "M" -> object(value, depth + 1);
            case "L" -> list(value, depth + 1);
            case "SS", "BS" -> set(value, PlainItem::text, Comparator.comparing(JsonNode::textValue));
            case "NS" -> set(value, PlainItem::number, Comparator.comparing(JsonNode::decimalValue));
            default -> throw new NoItem("an attribute has a type that is not known");
        };
    }

    private static JsonNode text(JsonNode value) throws NoItem {
        if (!value.isTextual()) {
            throw new NoItem("an attribute of type S or B is no text");
        }
        return TextNode.valueOf(value.textValue());
    }

    private static JsonNode number(JsonNode value) throws NoItem {
        String text = value.isTextual() ? value.textValue() : "";
        if (text.length() > LONGEST_NUMBER) {
            throw new NoItem("an attribute of type N is longer than a number");
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > LARGEST_EXPONENT) {
                throw new NoItem("an attribute of type N is larger or smaller than a number");
            }
            // a whole number is written as one, so that it can be a business key
            return number.scale() <= 0
                    ? BigIntegerNode.valueOf(number.toBigIntegerExact())
                    : DecimalNode.valueOf(number);
        } catch (NumberFormatException e) {
            throw new NoItem("an attribute of type N is no number");
        }
    }

    private static JsonNode bool(JsonNode value) throws NoItem {
        if (!value.isBoolean()) {
            throw new NoItem("an attribute of type BOOL is neither true nor false");
        }
        return BooleanNode.valueOf(value.booleanValue());
    }

    private static ArrayNode list(JsonNode values, int depth) throws NoItem {
        if (!values.isArray()) {
            throw new NoItem("an attribute of type L is no array");
        }
        ArrayNode plain = JsonNodeFactory.instance.arrayNode(values.size());
        for (JsonNode value : values) {
            plain.add(value(value, depth));
        }
        return plain;
    }

    private interface Element {
        JsonNode of(JsonNode value) throws NoItem;
    }

    private static ArrayNode set(JsonNode values, Element element, Comparator<JsonNode> order) throws NoItem {
        if (!values.isArray()) {
            throw new NoItem("an attribute that is a set is no array");
        }
        List<JsonNode> plain = new ArrayList<>();
        for (JsonNode value : values) {
            plain.add(element.of(value));
        }
        plain.sort(order);
        return JsonNodeFactory.instance.arrayNode().addAll(plain);
    }
}
