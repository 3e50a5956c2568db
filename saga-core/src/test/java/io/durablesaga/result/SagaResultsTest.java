package io.durablesaga.result;

import static io.durablesaga.result.Results.CAUSE;
import static io.durablesaga.result.Results.effects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.result.EffectReport.Action;
import io.durablesaga.result.EffectReport.State;
import io.durablesaga.result.SagaResult.Compensated;
import io.durablesaga.result.SagaResult.Completed;
import io.durablesaga.result.SagaResult.Stuck;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The JSON of a result: what others parse never changes, and nothing is lost on the way. */
class SagaResultsTest {
    private static final ObjectMapper MAPPER = SagaJson.standard().mapper();
    private static final SagaResults RESULTS = new SagaResults(MAPPER);

    record Receipt(String payment, BigDecimal total, Instant at) {}

    private static final Receipt RECEIPT =
            new Receipt("p-1", new BigDecimal("12345678901234567890.120"), Instant.parse("2026-01-01T10:00:00Z"));
    private static final EffectReport CHARGED = new EffectReport(
            "lines[sku-1]/charge",
            Action.UNKNOWN,
            State.NOT_UNDONE,
            "charge-key",
            "undo-charge-key",
            3,
            10,
            Failure.unknown("java.net.SocketTimeoutException", "Read \"timed\" out"),
            "nobody answered");

    @Test
    void a_completed_result_is_this_json() throws JsonProcessingException {
        String json = "{\"sagaResult\":\"completed\",\"saga\":\"buy\",\"value\":{\"payment\":\"p-1\","
                + "\"total\":12345678901234567890.120,\"at\":\"2026-01-01T10:00:00Z\"}}";

        assertThat(RESULTS.write(new Completed<>("buy", RECEIPT))).isEqualTo(json);
        assertThat(RESULTS.<Receipt>read(json, Receipt.class)).isEqualTo(new Completed<>("buy", RECEIPT));
    }

    @Test
    void a_compensated_result_is_this_json() throws JsonProcessingException {
        EffectReport mail = new EffectReport(
                "mail", Action.COMPLETED, State.IRREVERSIBLE, "mail-key", "undo-mail-key", 1, 0, null, "it is sent");
        String json = "{\"sagaResult\":\"compensated\",\"saga\":\"buy\",\"cause\":{\"path\":\"charge\",\"failure\":"
                + "{\"kind\":\"rejected\",\"type\":\"CardDeclined\",\"message\":\"no money\"}},\"effects\":["
                + "{\"path\":\"mail\",\"action\":\"COMPLETED\",\"state\":\"IRREVERSIBLE\",\"actionKey\":\"mail-key\","
                + "\"undoKey\":\"undo-mail-key\",\"actionAttempts\":1,\"undoAttempts\":0,\"reason\":\"it is sent\"}]}";
        Compensated<Receipt> result = new Compensated<>("buy", CAUSE, List.of(mail));

        assertThat(RESULTS.write(result)).isEqualTo(json);
        assertThat(RESULTS.<Receipt>read(json, Receipt.class)).isEqualTo(result);
    }

    @Test
    void a_stuck_result_is_this_json() throws JsonProcessingException {
        String json = "{\"sagaResult\":\"stuck\",\"saga\":\"buy\",\"cause\":{\"path\":\"charge\",\"failure\":"
                + "{\"kind\":\"rejected\",\"type\":\"CardDeclined\",\"message\":\"no money\"}},\"effects\":["
                + "{\"path\":\"lines[sku-1]/charge\",\"action\":\"UNKNOWN\",\"state\":\"NOT_UNDONE\","
                + "\"actionKey\":\"charge-key\",\"undoKey\":\"undo-charge-key\",\"actionAttempts\":3,"
                + "\"undoAttempts\":10,\"lastError\":{\"kind\":\"unknown\","
                + "\"type\":\"java.net.SocketTimeoutException\",\"message\":\"Read \\\"timed\\\" out\"},"
                + "\"reason\":\"nobody answered\"}]}";
        Stuck<Receipt> result = new Stuck<>("buy", CAUSE, List.of(CHARGED));

        assertThat(RESULTS.write(result)).isEqualTo(json);
        assertThat(RESULTS.<Receipt>read(json, Receipt.class)).isEqualTo(result);
    }

    @Test
    void effects_in_every_state_read_back_as_they_were() throws JsonProcessingException {
        List<EffectReport> all = new ArrayList<>(effects(true));
        all.addAll(effects(false));
        for (Action action : Action.values()) {
            all.add(new EffectReport("a/b", action, State.HELD, "k", "u", 0, 0, Failure.rejected("T", "m"), null));
        }
        Stuck<String> stuck = new Stuck<>("buy", CAUSE, all);
        Compensated<String> compensated = new Compensated<>("buy", CAUSE, effects(false));

        assertThat(all).hasSize(State.values().length + Action.values().length);
        assertThat(RESULTS.<String>read(RESULTS.write(stuck), String.class)).isEqualTo(stuck);
        assertThat(RESULTS.<String>read(RESULTS.write(compensated), String.class))
                .isEqualTo(compensated);
    }

    @Test
    void a_value_of_any_type_reads_back_as_it_was() throws JsonProcessingException {
        same(null, Void.class);
        same(null, Receipt.class);
        same("text \u0000 \"ü\" 😀", String.class);
        same(0.1, Double.class);
        same(new BigDecimal("10.00"), BigDecimal.class);
        same(Long.MIN_VALUE, Long.class);
        same(List.of(RECEIPT), new TypeReference<List<Receipt>>() {}.getType());
        same(Map.of("half", 0.5, "list", List.of(1)), Object.class);
        same(Optional.empty(), new TypeReference<Optional<String>>() {}.getType());
        same(Optional.of("x"), new TypeReference<Optional<String>>() {}.getType());
    }

    @Test
    void a_value_that_itself_is_a_result_stays_inside() throws JsonProcessingException {
        Map<String, Object> value = Map.of("sagaResult", "stuck", "value", 1, "saga", "other");

        same(value, new TypeReference<Map<String, Object>>() {}.getType());
    }

    @Test
    void the_order_of_fields_and_unknown_ones_do_not_matter() throws JsonProcessingException {
        String json = "{\"more\":{\"value\":7},\"value\":\"done\",\"list\":[1,{\"value\":2}],"
                + "\"saga\":\"buy\",\"sagaResult\":\"completed\"}";
        String unwound = "{\"effects\":[{\"path\":\"a\",\"action\":\"COMPLETED\",\"state\":\"UNDONE\","
                + "\"actionKey\":\"k\",\"undoKey\":\"u\",\"actionAttempts\":1,\"undoAttempts\":1,\"since\":9,"
                + "\"lastError\":null,\"reason\":null}],\"when\":1,\"cause\":{\"at\":2,\"path\":\"charge\","
                + "\"failure\":{\"stack\":[],\"kind\":\"rejected\",\"type\":\"CardDeclined\","
                + "\"message\":\"no money\"}},\"saga\":\"buy\",\"sagaResult\":\"compensated\"}";

        assertThat(RESULTS.<String>read(json, String.class)).isEqualTo(new Completed<>("buy", "done"));
        assertThat(RESULTS.<String>read(unwound, String.class))
                .isEqualTo(new Compensated<>(
                        "buy",
                        CAUSE,
                        List.of(new EffectReport("a", Action.COMPLETED, State.UNDONE, "k", "u", 1, 1, null, null))));
    }

    @Test
    void a_result_without_a_value_yields_nothing() throws JsonProcessingException {
        String json = "{\"sagaResult\":\"completed\",\"saga\":\"buy\"}";

        assertThat(RESULTS.<Void>read(json, Void.class)).isEqualTo(new Completed<>("buy", null));
        assertThat(RESULTS.<Optional<String>>read(json, new TypeReference<Optional<String>>() {}.getType()))
                .isEqualTo(new Completed<>("buy", Optional.empty()));
    }

    @Test
    void the_mapper_of_the_saga_decides_how_values_look_and_not_how_results_do() throws JsonProcessingException {
        SagaResults results = new SagaResults(JsonMapper.builder()
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
                .build());

        assertThat(results.write(new Completed<>("buy", Map.of("a", ""))))
                .isEqualTo("{\"sagaResult\":\"completed\",\"saga\":\"buy\",\"value\":{}}");
        assertThat(results.write(new Stuck<>("buy", CAUSE, List.of()))).endsWith(",\"effects\":[]}");
        assertThat(results.<String>read(results.write(new Stuck<>("buy", CAUSE, List.of())), String.class))
                .isEqualTo(new Stuck<>("buy", CAUSE, List.of()));
    }

    @Test
    void a_value_that_does_not_serialise_is_told() {
        assertThatThrownBy(() -> RESULTS.write(new Completed<>("buy", new Object())))
                .isInstanceOf(JsonProcessingException.class);
    }

    private static void same(Object value, Type type) throws JsonProcessingException {
        SagaResult<Object> result = new Completed<>("buy", value);
        assertThat(RESULTS.read(RESULTS.write(result), type)).isEqualTo(result);
    }
}
