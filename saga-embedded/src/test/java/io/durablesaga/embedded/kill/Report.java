package io.durablesaga.embedded.kill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.durablesaga.embedded.kill.Journal.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a recorded result says of one effect; read as plain JSON. */
record Report(String state, String actionKey, String undoKey) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What the result of an unwound execution lists, by path. */
    static Map<String, Report> read(Row row) {
        Map<String, Report> reports = new LinkedHashMap<>();
        tree(row.result())
                .path("effects")
                .forEach(effect -> reports.put(
                        effect.path("path").asText(),
                        new Report(
                                effect.path("state").asText(),
                                effect.path("actionKey").asText(),
                                effect.path("undoKey").asText())));
        return reports;
    }

    /** Which node an execution was unwound for. */
    static String cause(Row row) {
        return tree(row.result()).path("cause").path("path").asText();
    }

    /** What a completed execution yields: a list of answers. */
    static List<String> answers(Row row) {
        List<String> answers = new ArrayList<>();
        tree(row.result()).path("value").forEach(answer -> answers.add(answer.asText()));
        return answers;
    }

    /** A recorded string. */
    static String text(String json) {
        return tree(json).asText();
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(String.valueOf(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the journal holds what is no JSON: " + json, e);
        }
    }
}
