package io.durablesaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person says of a parked execution, as it travels. */
class DecisionsTest {

    @Test
    void a_decision_is_json_that_never_changes() {
        assertThat(Decisions.write(new Decision.Retry())).isEqualTo("{\"decision\":\"retry\"}");
        assertThat(Decisions.write(new Decision.Skip("bankrupt")))
                .isEqualTo("{\"decision\":\"skip\",\"reason\":\"bankrupt\"}");
        assertThat(Decisions.write(new Decision.Resolved("said \"paid\" by phone")))
                .isEqualTo("{\"decision\":\"resolved\",\"reason\":\"said \\\"paid\\\" by phone\"}");
    }

    @Test
    void a_decision_reads_back_as_it_was() {
        assertThat(Decisions.read(Decisions.write(new Decision.Retry()))).contains(new Decision.Retry());
        assertThat(Decisions.read(Decisions.write(new Decision.Skip("bankrupt \n \"für immer\""))))
                .contains(new Decision.Skip("bankrupt \n \"für immer\""));
        assertThat(Decisions.read(Decisions.write(new Decision.Resolved("by phone"))))
                .contains(new Decision.Resolved("by phone"));
    }

    @Test
    void more_than_was_asked_for_does_no_harm() {
        assertThat(Decisions.read(" {\"by\":\"ann\",\"reason\":\"x\",\"decision\":\"retry\"} "))
                .contains(new Decision.Retry());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "retry",
                "\"retry\"",
                "null",
                "5",
                "[]",
                "[{\"decision\":\"retry\"}]",
                "{}",
                "{",
                "{\"decision\":null}",
                "{\"decision\":\"RETRY\"}",
                "{\"decision\":\"undo\"}",
                "{\"decision\":{\"retry\":true}}",
                "{\"decision\":\"skip\"}",
                "{\"decision\":\"skip\",\"reason\":null}",
                "{\"decision\":\"skip\",\"reason\":\"  \"}",
                "{\"decision\":\"resolved\"}",
                "{\"decision\":\"resolved\",\"reason\":\"\"}",
                "{\"decision\":\"retry\"} or not",
                "{\"decision\":\"retry\"}{\"decision\":\"skip\",\"reason\":\"x\"}"
            })
    void what_is_no_decision_decides_nothing(String payload) {
        assertThat(Decisions.read(payload)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void a_decision_to_leave_an_effect_says_why(String reason) {
        String message = "reason: say why, for whoever reads this later";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Decision.Skip(reason))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Decision.Resolved(reason))
                .withMessage(message);
    }

    @Test
    void a_reason_that_is_missing_is_named() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Decision.Skip(null))
                .withMessage("reason");
        assertThatNullPointerException()
                .isThrownBy(() -> new Decision.Resolved(null))
                .withMessage("reason");
    }
}
