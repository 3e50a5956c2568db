package io.durablesaga.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.durablesaga.engine.SagaJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not the JSON of a result is refused, and the message says what is wrong with it. */
class SagaResultsGarbageTest {
    private static final ObjectMapper MAPPER = SagaJson.standard().mapper();
    private static final SagaResults RESULTS = new SagaResults(MAPPER);
    private static final String CAUSE = "'cause':{'path':'a','failure':{'kind':'unknown','type':'T','message':'m'}}";
    private static final String EFFECT =
            "{'path':'a','action':'COMPLETED','state':'UNDONE','actionKey':'k','undoKey':'u'}";
    private static final String STUCK = "{'sagaResult':'stuck','saga':'buy'," + CAUSE + ",'effects':[" + EFFECT + "]}";

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "{", "{\"sagaResult\":\"completed\",", "{\"sagaResult\":\"completed\"]"})
    void what_is_not_json_is_refused(String text) {
        assertThatThrownBy(() -> RESULTS.read(text, String.class)).isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "5", "'text'", "[]", "{}", "{'sagaResult':1}", "{'sagaresult':'stuck'}"})
    void json_of_something_else_is_refused(String text) {
        refused(text, "no 'sagaResult'");
    }

    @Test
    void an_end_that_there_is_not_is_refused() {
        refused("{'sagaResult':'finished','saga':'buy'}", "'sagaResult' is 'finished'");
    }

    @Test
    void a_result_without_its_parts_is_refused() {
        refused("{'sagaResult':'completed','value':1}", "no text 'saga'");
        refused("{'sagaResult':'stuck','saga':'buy'}", "no text 'path'");
        refused("{'sagaResult':'stuck','saga':'buy'," + CAUSE + "}", "no list 'effects'");
        refused("{'sagaResult':'stuck','saga':'buy'," + CAUSE + ",'effects':{}}", "no list 'effects'");
        refused("{'sagaResult':'stuck','saga':'buy','effects':[]}", "no text 'path'");
        refused("{'sagaResult':'stuck','saga':'buy','cause':{'path':'a'},'effects':[]}", "no text 'kind'");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'kind':'unknown', 'kind':'perhaps', \"'kind' is 'perhaps'\"",
                "'action':'COMPLETED', 'action':'DONE', \"'action' is 'DONE'\"",
                "'state':'UNDONE', 'state':'GONE', \"'state' is 'GONE'\"",
                "'state':'UNDONE', 'state':null, no text 'state'",
                "'actionKey':'k', 'actionKey':7, no text 'actionKey'",
                "'undoKey':'u', 'undo':'u', no text 'undoKey'",
                "'type':'T', 'type':null, no text 'type'",
                "'message':'m', 'message':[], no text 'message'",
                "'undoKey':'u', \"'undoKey':'u','reason':3\", no text 'reason'",
                "'undoKey':'u', \"'undoKey':'u','lastError':{}\", no text 'kind'"
            })
    void a_result_with_a_broken_part_is_refused(String part, String broken, String message) {
        refused(STUCK.replace(part, broken), message);
    }

    @Test
    void a_whole_result_is_read() throws JsonProcessingException {
        assertThat(RESULTS.<String>read(json(STUCK), String.class)).isInstanceOf(SagaResult.Stuck.class);
        assertThat(RESULTS.<String>read(json(STUCK).replace("stuck", "compensated"), String.class))
                .isInstanceOf(SagaResult.Compensated.class);
    }

    @Test
    void a_compensated_result_with_open_effects_is_refused() {
        String text = json(STUCK).replace("stuck", "compensated").replace("UNDONE", "HELD");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RESULTS.read(text, String.class))
                .withMessageContaining("a compensated saga has no open effects");
    }

    @Test
    void a_value_of_another_type_is_refused() {
        assertThatThrownBy(() ->
                        RESULTS.read(json("{'sagaResult':'completed','saga':'buy','value':'text'}"), Integer.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void how_a_result_ended_is_read_without_the_rest() throws JsonProcessingException {
        assertThat(SagaResults.how(MAPPER.readTree(json(STUCK)))).contains("stuck");
        assertThat(SagaResults.how(MAPPER.readTree("{}"))).isEmpty();
        assertThat(SagaResults.how(MAPPER.readTree("[]"))).isEmpty();
        assertThat(SagaResults.how(MAPPER.readTree("{\"sagaResult\":{}}"))).isEmpty();
    }

    private static void refused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RESULTS.read(json(text), String.class))
                .withMessage("not the JSON of a saga's result: " + message);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
