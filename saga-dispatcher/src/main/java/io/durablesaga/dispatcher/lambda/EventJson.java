package io.durablesaga.dispatcher.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.durablesaga.engine.SagaJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON. Whatever Lambda hands over is read, however deep or long: what is too deep for a payload is one poisoned record, and
 * must not fail the records beside it. Numbers stay as they are written.
 */
final class EventJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    // an event is at most 6 MB, which bounds all of them
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .build())
                    // the others take time that grows with the square of a number's length
                    .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
                    // its table of names refuses those that share a hash, which is up to whoever writes an item
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private EventJson() {}

    /**
     * Reads an event.
     *
     * @throws IllegalArgumentException if it is no JSON
     */
    static JsonNode read(@Nullable InputStream event) throws IOException {
        if (event == null) {
            throw new IllegalArgumentException("there is no event");
        }
        JsonNode tree;
        try {
            // a decoder that reports what is no UTF-8, which Jackson's reader of bytes replaces where it keeps no table
            // of names
            tree = MAPPER.readTree(new InputStreamReader(event, StandardCharsets.UTF_8.newDecoder()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the event is no JSON: " + SagaJson.why(e));
        } catch (NumberFormatException e) { // whose message quotes the number
            throw new IllegalArgumentException(
                    "the event is no JSON: a number in it has an exponent that no number can have");
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the event is no JSON: it is no UTF-8");
        }
        if (tree.isMissingNode()) {
            throw new IllegalArgumentException("the event is no JSON: it is empty");
        }
        return tree;
    }

    /** Reads what {@link #text} has written, or anything else. */
    static JsonNode read(String text) throws JsonProcessingException {
        try {
            return MAPPER.readTree(text);
        } catch (NumberFormatException e) {
            throw new JsonParseException(null, "a number has an exponent that no number can have");
        }
    }

    static void write(JsonNode answer, OutputStream to) throws IOException {
        to.write(MAPPER.writeValueAsBytes(answer));
    }

    /** JSON in ASCII. However deep the tree, it is not written by recursion. */
    static String text(JsonNode tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator to = MAPPER.getFactory().createGenerator(text);
                JsonParser from = MAPPER.treeAsTokens(tree)) {
            while (from.nextToken() != null) {
                to.copyCurrentEvent(from);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a tree is always written", e);
        }
        return text.toString();
    }
}
