package io.durablesaga.dispatcher.poller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/** Reads what a function answers as strictly as event source mappings do, or more so. */
final class Answer {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String text;
    private final JsonNode tree;

    Answer(byte[] answer) {
        text = new String(answer, StandardCharsets.UTF_8);
        try {
            tree = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidAnswer("no JSON", text);
        }
        if (tree.isMissingNode()) {
            throw new InvalidAnswer("nothing", text);
        }
    }

    /** The identifiers that are text, each of them one that was delivered, and each once. */
    Set<String> returned(Set<String> delivered) {
        return returned(
                identifier -> {
                    if (!identifier.isTextual()) {
                        throw new InvalidAnswer("an identifier that is no text", text);
                    }
                    return identifier.textValue();
                },
                delivered);
    }

    /** The partitions and offsets, written {@code partition@offset}, each of them one that was delivered, and each once. */
    Set<String> returnedOffsets(Set<String> delivered) {
        return returned(
                identifier -> {
                    boolean fits = identifier.size() == 2
                            && identifier.path("partition").isTextual()
                            && identifier.path("offset").isIntegralNumber();
                    if (!fits) {
                        throw new InvalidAnswer("an identifier that is no partition and offset", text);
                    }
                    return identifier.get("partition").textValue() + "@" + identifier.get("offset");
                },
                delivered);
    }

    private Set<String> returned(Function<JsonNode, String> identifier, Set<String> delivered) {
        JsonNode failures = tree.path("batchItemFailures");
        if (tree.size() != 1 || !failures.isArray()) {
            throw new InvalidAnswer("no list of what failed", text);
        }
        Set<String> returned = new LinkedHashSet<>();
        for (JsonNode failure : failures) {
            if (failure.size() != 1 || !failure.has("itemIdentifier")) {
                throw new InvalidAnswer("a failure that is no identifier", text);
            }
            String id = identifier.apply(failure.get("itemIdentifier"));
            if (!delivered.contains(id)) {
                throw new InvalidAnswer("an identifier that was not delivered", text);
            }
            if (!returned.add(id)) {
                throw new InvalidAnswer("an identifier twice", text);
            }
        }
        return returned;
    }
}
