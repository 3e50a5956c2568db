package io.durablesaga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are with providers for years: their format is stable, and every provider takes them. */
class EffectKeysTest {
    private static final ExecutionIdentity EXECUTION = new ExecutionIdentity("execution-1", "order-42");

    static Stream<String> paths() {
        return Stream.of(
                "a",
                "reserve",
                "place/order/reserve",
                "lines[sku-1]/reserve",
                "lines[a.b]/pick",
                "lines[a.b]",
                "lines[sku_1]/inner[x.y]/z",
                "straße",
                "日本語",
                "a".repeat(17),
                "a".repeat(18),
                "a".repeat(22),
                "a".repeat(23),
                "a".repeat(48),
                "x/" + "b".repeat(48));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            reserve, action, reserve-63093cff69b83efb-3c9d3801b19a0867e66ba3d3
            reserve, undo, undo-reserve-63093cff69b83efb-e33082b281771dc5fbc90705
            lines[sku-1]/reserve, action, reserve-63093cff69b83efb-60ef0560aba350c4e34ad677
            lines[sku-1]/reserve, undo, undo-reserve-63093cff69b83efb-63ab2d18a16c2a9fc5f8f9ff
            lines[a.b], action, lines_a_b_-63093cff69b83efb-6f546583efb55a9561890b37
            lines[a.b], undo, undo-lines_a_b_-63093cff69b83efb-d680b3b1093f8b626702fccf
            outer/cancel-the-whole-reservation, action, cancel-the-whole-reser-63093cff69b83efb-ee59a8b26723e71bb78efe35
            outer/cancel-the-whole-reservation, undo, undo-cancel-the-whole--63093cff69b83efb-6c2385ec29067fd0c10c3a73
            """)
    void a_key_never_changes(String path, String direction, String key) {
        String now = direction.equals("undo") ? EffectKeys.undo(EXECUTION, path) : EffectKeys.action(EXECUTION, path);

        assertThat(now).isEqualTo(key);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void every_provider_takes_a_key(String path) {
        assertThat(List.of(EffectKeys.action(EXECUTION, path), EffectKeys.undo(EXECUTION, path)))
                .allSatisfy(key -> assertThat(key).matches("[A-Za-z0-9_-]{1,64}"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void a_key_leads_back_to_its_execution(String path) {
        String execution = EffectKeys.executionPart("execution-1");

        assertThat(execution).matches("[0-9a-f]{16}").isNotEqualTo(EffectKeys.executionPart("execution-2"));
        assertThat(EffectKeys.executionPartOf(EffectKeys.action(EXECUTION, path)))
                .contains(execution);
        assertThat(EffectKeys.executionPartOf(EffectKeys.undo(EXECUTION, path))).contains(execution);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "reserve",
                "reserve-0123456789abcdef",
                "reserve-0123456789abcdef-0123",
                "-0123456789abcdef-0123456789abcdef01234567",
                "reserve-0123456789ABCDEF-0123456789abcdef01234567",
                "reserve-0123456789abcdef-0123456789abcdef01234567 ",
                "rés-0123456789abcdef-0123456789abcdef01234567"
            })
    void what_is_no_key_of_ours_leads_nowhere(String key) {
        assertThat(EffectKeys.executionPartOf(key)).isEmpty();
    }

    @Test
    void a_key_is_the_same_on_every_attempt_and_whatever_the_execution_was_started_under() {
        assertThat(EffectKeys.action(new ExecutionIdentity("execution-1", "another name"), "reserve"))
                .isEqualTo(EffectKeys.action(EXECUTION, "reserve"));
    }

    @Test
    void every_execution_path_and_direction_has_a_key_of_its_own() {
        List<String> keys = Stream.of("execution-1", "execution-2", "execution-1\naction")
                .map(id -> new ExecutionIdentity(id, "order-42"))
                .flatMap(id ->
                        paths().flatMap(path -> Stream.of(EffectKeys.action(id, path), EffectKeys.undo(id, path))))
                .toList();

        assertThat(keys).doesNotHaveDuplicates().hasSize(3 * 15 * 2);
    }

    @Test
    void a_reader_sees_the_step_and_the_direction() {
        assertThat(EffectKeys.action(EXECUTION, "lines[sku-1]/reserve")).startsWith("reserve-");
        assertThat(EffectKeys.undo(EXECUTION, "lines[sku-1]/reserve")).startsWith("undo-reserve-");
        assertThat(EffectKeys.action(EXECUTION, "lines[a.b]")).startsWith("lines_a_b_-");
        assertThat(EffectKeys.undo(EXECUTION, "cancel-the-whole-reservation")).startsWith("undo-cancel-the-whole--");
    }
}
