package io.durablesaga.client;

import com.fasterxml.jackson.core.JsonProcessingException;
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

        /** The most bytes. */
        int largest() {
            return largest;
        }
    }

    private final Saga<I, ?> saga;
    private final SagaJson json;

    Inputs(Saga<I, ?> saga, SagaJson json) {
        this.saga = saga;
        this.json = json;
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

    private String who(String name) {
        return "saga '" + saga.name() + "', execution '" + name + "'";
    }
}
