package io.durablesaga.result;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a {@link SagaResult}: an object whose {@code sagaResult} says how it ended, so that an invoking saga, a queue or
 * a person can tell. Thread-safe.
 */
public final class SagaResults {
    private static final String HOW = "sagaResult";

    private final ObjectMapper mapper;

    /** Over the mapper that the saga's own values use. */
    public SagaResults(ObjectMapper mapper) {
        this.mapper = Objects.requireNonNull(mapper, "mapper");
    }

    /**
     * The result as JSON.
     *
     * @throws JsonProcessingException if the saga's value does not serialise
     */
    public String write(SagaResult<?> result) throws JsonProcessingException {
        ObjectNode json = mapper.createObjectNode();
        if (result instanceof SagaResult.Completed<?> completed) {
            json.put(HOW, "completed").put("saga", completed.saga());
            json.putPOJO("value", completed.value());
        } else if (result instanceof SagaResult.Compensated<?> compensated) {
            unwound(json, "compensated", compensated.saga(), compensated.cause(), compensated.effects());
        } else if (result instanceof SagaResult.Stuck<?> stuck) {
            unwound(json, "stuck", stuck.saga(), stuck.cause(), stuck.effects());
        }
        return mapper.writeValueAsString(json);
    }

    /**
     * A result from its JSON.
     *
     * @throws JsonProcessingException if it is not JSON, or its value is not of the given type
     * @throws IllegalArgumentException if it is not the JSON of a result
     */
    public <O extends @Nullable Object> SagaResult<O> read(String text, Type valueType) throws JsonProcessingException {
        JsonNode json = mapper.readTree(text);
        String how = how(json).orElseThrow(() -> notAResult("no '" + HOW + "'"));
        String saga = text(json, "saga");
        return switch (how) {
            case "completed" -> new SagaResult.Completed<>(saga, value(text, valueType));
            case "compensated" -> new SagaResult.Compensated<>(saga, cause(json), effects(json));
            case "stuck" -> new SagaResult.Stuck<>(saga, cause(json), effects(json));
            default -> throw notAResult("'" + HOW + "' is '" + how + "'");
        };
    }

    /** How the result that this JSON stands for ended, or empty if it is not a saga's result. */
    public static Optional<String> how(JsonNode json) {
        JsonNode how = json.get(HOW);
        return how != null && how.isTextual() ? Optional.of(how.asText()) : Optional.empty();
    }

    private void unwound(ObjectNode json, String how, String saga, Cause cause, List<EffectReport> effects) {
        json.put(HOW, how).put("saga", saga);
        json.set("cause", causeJson(cause));
        var list = json.putArray("effects");
        effects.forEach(effect -> list.add(effectJson(effect)));
    }

    private ObjectNode causeJson(Cause cause) {
        ObjectNode json = mapper.createObjectNode().put("path", cause.path());
        json.set("failure", failureJson(cause.failure()));
        return json;
    }

    private ObjectNode failureJson(Failure failure) {
        return mapper.createObjectNode()
                .put("kind", failure.kind().name().toLowerCase(Locale.ROOT))
                .put("type", failure.type())
                .put("message", failure.message());
    }

    private ObjectNode effectJson(EffectReport effect) {
        ObjectNode json = mapper.createObjectNode()
                .put("path", effect.path())
                .put("action", effect.action().name())
                .put("state", effect.state().name())
                .put("actionKey", effect.actionKey())
                .put("undoKey", effect.undoKey())
                .put("actionAttempts", effect.actionAttempts())
                .put("undoAttempts", effect.undoAttempts());
        if (effect.lastError() != null) {
            json.set("lastError", failureJson(effect.lastError()));
        }
        if (effect.reason() != null) {
            json.put("reason", effect.reason());
        }
        return json;
    }

    /** Read from the text itself: a tree would round its numbers. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the type token says the same at run time
    private <O extends @Nullable Object> O value(String text, Type type) throws JsonProcessingException {
        JavaType valueType = mapper.constructType(type);
        try (JsonParser parser = mapper.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                if (field.equals("value")) {
                    return mapper.readValue(parser, valueType);
                }
                parser.skipChildren();
            }
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("reading a string does no I/O", e);
        } catch (RuntimeException thrown) {
            throw new JsonMappingException(null, String.valueOf(thrown.getMessage()), thrown); // as SagaJson has it
        }
        return mapper.readValue("null", valueType);
    }

    private static Cause cause(JsonNode json) {
        JsonNode cause = json.path("cause");
        return new Cause(text(cause, "path"), failure(cause.path("failure")));
    }

    private static Failure failure(JsonNode json) {
        return new Failure(word(Failure.Kind.class, json, "kind"), text(json, "type"), text(json, "message"));
    }

    private static List<EffectReport> effects(JsonNode json) {
        if (!json.path("effects").isArray()) {
            throw notAResult("no list 'effects'");
        }
        List<EffectReport> effects = new ArrayList<>();
        json.path("effects").forEach(effect -> effects.add(effect(effect)));
        return effects;
    }

    private static EffectReport effect(JsonNode json) {
        return new EffectReport(
                text(json, "path"),
                word(EffectReport.Action.class, json, "action"),
                word(EffectReport.State.class, json, "state"),
                text(json, "actionKey"),
                text(json, "undoKey"),
                json.path("actionAttempts").asInt(),
                json.path("undoAttempts").asInt(),
                json.hasNonNull("lastError") ? failure(json.path("lastError")) : null,
                json.hasNonNull("reason") ? text(json, "reason") : null);
    }

    private static String text(JsonNode json, String field) {
        if (!json.path(field).isTextual()) {
            throw notAResult("no text '" + field + "'");
        }
        return json.path(field).asText();
    }

    private static <E extends Enum<E>> E word(Class<E> words, JsonNode json, String field) {
        String word = text(json, field);
        return Arrays.stream(words.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> notAResult("'" + field + "' is '" + word + "'"));
    }

    private static IllegalArgumentException notAResult(String seen) {
        return new IllegalArgumentException("not the JSON of a saga's result: " + seen);
    }
}
