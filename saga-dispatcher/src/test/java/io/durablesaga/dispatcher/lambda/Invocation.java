package io.durablesaga.dispatcher.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Invokes handlers as Lambda does: bytes in, bytes out. */
final class Invocation {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Invocation() {}

    /** What the handler answers to this event. */
    static JsonNode of(RequestStreamHandler handler, String event) {
        return of(handler, event, null);
    }

    static JsonNode of(RequestStreamHandler handler, String event, @Nullable Context context) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), answer, context);
            return MAPPER.readTree(answer.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The identifiers that an answer returns, as text. */
    static List<String> returned(JsonNode answer) {
        List<String> returned = new ArrayList<>();
        for (JsonNode failure : answer.get("batchItemFailures")) {
            JsonNode identifier = failure.get("itemIdentifier");
            returned.add(
                    identifier.isTextual()
                            ? identifier.textValue()
                            : identifier.get("partition").textValue() + "@" + identifier.get("offset"));
        }
        return returned;
    }

    /** A text block's JSON, with single quotes for double ones. */
    static String json(String quoted) {
        return quoted.replace('\'', '"');
    }
}
