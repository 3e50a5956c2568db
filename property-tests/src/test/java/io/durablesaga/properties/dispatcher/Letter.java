package io.durablesaga.properties.dispatcher;

import io.durablesaga.dispatcher.poller.Sent;
import java.util.Optional;

/**
 * A record that a producer sends.
 *
 * @param number its place in the order in which all are sent
 * @param kind what it is
 * @param order the number of its order
 * @param variant what tells one order of this number from another
 * @param style how the same JSON is written
 * @param lane what it is in one order with
 */
record Letter(int number, Kind kind, String order, int variant, int style, String lane) {
    /** The largest payload that is started. */
    static final int LARGEST = 2_000;

    /** What it is: an order that can be started, one that is too large, or poison. */
    enum Kind {
        ORDER,
        TOO_LARGE,
        NOTHING,
        NO_JSON,
        EMPTY,
        NO_KEY,
        KEY_NO_TEXT,
        TOO_DEEP,
        TWICE,
        HALF_A_PAIR;

        boolean isPoison() {
            return this != ORDER && this != TOO_LARGE;
        }
    }

    String tag() {
        return Integer.toString(number);
    }

    Sent sent() {
        return new Sent(tag(), lane, body());
    }

    private Optional<String> body() {
        String v = "\"v\":" + variant;
        String key = "\"order\":\"" + order + '"';
        return switch (kind) {
            case ORDER -> Optional.of(ordered(key, v));
            case TOO_LARGE -> Optional.of("{" + key + "," + v + ",\"pad\":\"" + "x".repeat(LARGEST) + "\"}");
            case NOTHING -> Optional.empty();
            case NO_JSON -> Optional.of("{" + key);
            case EMPTY -> Optional.of("");
            case NO_KEY -> Optional.of("{\"number\":\"" + order + "\"}");
            case KEY_NO_TEXT -> Optional.of("{\"order\":{\"is\":\"" + order + "\"}}");
            case TOO_DEEP -> Optional.of("{" + key + ",\"deep\":" + "[".repeat(250) + "]".repeat(250) + "}");
            case TWICE -> Optional.of("{" + key + "," + key + "}");
            case HALF_A_PAIR -> Optional.of("{\"order\":\"\\ud800" + order + "\"," + v + "}");
        };
    }

    private String ordered(String key, String v) {
        return switch (style % 4) {
            case 0 -> "{" + key + "," + v + "}";
            case 1 -> "{" + v + "," + key + "}";
            case 2 -> "\n{ " + v + " ,\t" + key + " }  ";
            default -> "{\"\\u006frder\":\"" + order + "\"," + v + "}";
        };
    }
}
