package io.durablesaga.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.durablesaga.Saga;
import io.durablesaga.engine.SagaJson;
import java.nio.charset.StandardCharsets;

/**
 * A saga's inputs as they are sent.
 *
 * @param <I> what the saga takes
 */
final class Inputs<I> {
    /** How an execution is started: what it is called in a message, and how large its input may be. */
    enum Way {
        ASYNCHRONOUS("an asynchronous start", 1024 * 1024),
        SYNCHRONOUS("a synchronous start", 6 * 1024 * 1024);

        private final String name;
        private final int largest;

        Way(String name, int largest) {
            this.name = name;
            this.largest = largest;
        }
    }

    private final Saga<I, ?> saga;
    private final SagaJson json;
    private final ObjectReader exact;

    Inputs(Saga<I, ?> saga, SagaJson json) {
        this.saga = saga;
        this.json = json;
        // a tree of doubles would take two long numbers for one
        this.exact = json.mapper().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /**
     * The input as JSON.
     *
     * @throws IllegalArgumentException if it cannot be written, does not read back, or is too large for the service
     */
    String write(String name, I input, Way way) {
        String text = write(name, input);
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size > way.largest) {
            throw new IllegalArgumentException(
                    who(name) + ": an input of " + size + " bytes, and " + way.name + " takes " + way.largest
                            + "; store it and start the execution on a reference; nothing was started");
        }
        return text;
    }

    private String write(String name, I input) {
        try {
            String text = json.write(input);
            if (json.read(text, saga.inputType()) == null) {
                throw new IllegalArgumentException(who(name) + ": the input is null; nothing was started");
            }
            return text;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    who(name) + ": the input cannot be written as JSON and read back as "
                            + saga.inputType().getTypeName() + " (" + e.getOriginalMessage() + "); nothing was started",
                    e);
        }
    }

    /** Whether two inputs are the same JSON value: the order of fields does not count, nor 1.0 for 1. */
    boolean same(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        try {
            return exact.readTree(one).equals(Inputs::compare, exact.readTree(other));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** As Jackson wants it: zero where two leaves are the same. */
    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    private String who(String name) {
        return "saga '" + saga.name() + "', execution '" + name + "'";
    }
}
