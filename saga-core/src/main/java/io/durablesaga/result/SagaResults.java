package io.durablesaga.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.util.ArrayList;
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
            json.set("value", mapper.valueToTree(completed.value()));
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
     * @throws JsonProcessingException if it is not the JSON of a result, or its value is not of the given type
     */
    public <O extends @Nullable Object> SagaResult<O> read(String text, Type valueType) throws JsonProcessingException {
        JsonNode json = mapper.readTree(text);
        String how = how(json)
                .orElseThrow(() -> new IllegalArgumentException("not the JSON of a saga's result: no '" + HOW + "'"));
        String saga = json.path("saga").asText();
        return switch (how) {
            case "completed" -> new SagaResult.Completed<>(saga, value(json.get("value"), valueType));
            case "compensated" -> new SagaResult.Compensated<>(saga, cause(json), effects(json));
            case "stuck" -> new SagaResult.Stuck<>(saga, cause(json), effects(json));
            default ->
                throw new IllegalArgumentException("not the JSON of a saga's result: '" + HOW + "' is '" + how + "'");
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

    @SuppressWarnings("TypeParameterUnusedInFormals") // the type token says the same at run time
    private <O extends @Nullable Object> O value(@Nullable JsonNode json, Type type) throws JsonProcessingException {
        return mapper.treeToValue(json, mapper.constructType(type));
    }

    private static Cause cause(JsonNode json) {
        JsonNode cause = json.path("cause");
        return new Cause(cause.path("path").asText(), failure(cause.path("failure")));
    }

    private static Failure failure(JsonNode json) {
        return new Failure(
                Failure.Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)),
                json.path("type").asText(),
                json.path("message").asText());
    }

    private static List<EffectReport> effects(JsonNode json) {
        List<EffectReport> effects = new ArrayList<>();
        json.path("effects").forEach(effect -> effects.add(effect(effect)));
        return effects;
    }

    private static EffectReport effect(JsonNode json) {
        return new EffectReport(
                json.path("path").asText(),
                EffectReport.Action.valueOf(json.path("action").asText()),
                EffectReport.State.valueOf(json.path("state").asText()),
                json.path("actionKey").asText(),
                json.path("undoKey").asText(),
                json.path("actionAttempts").asInt(),
                json.path("undoAttempts").asInt(),
                json.has("lastError") ? failure(json.path("lastError")) : null,
                json.has("reason") ? json.path("reason").asText() : null);
    }
}
