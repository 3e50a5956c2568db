package io.durablesaga.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"b\": 1, \"a\": {\"d\": [2, 1], \"c\": null}} | {\"a\":{\"c\":null,\"d\":[2,1]},\"b\":1}",
                "{\"total\": 1.10} | {\"total\":1.10}",
                "{\"total\": 1e400} | {\"total\":1E+400}",
                "12345678901234567890123456789.000000000000000001 | 12345678901234567890123456789.000000000000000001",
                "\"\\u00e4\\/\\n\" | \"ä/\\n\"",
                "\"\\ud83d\\ude00\" | \"😀\"",
                "true | true",
                "null | null"
            })
    void one_value_has_one_text(String text, String canonical) throws PoisonedRecord {
        assertThat(CanonicalJson.write(CanonicalJson.read(text))).isEqualTo(canonical);
        assertThat(CanonicalJson.write(CanonicalJson.read(canonical))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "nonsense",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1} {\"b\":2}",
                "NaN",
                "'a'",
                "{\"a\":1}x",
                "[1,]",
                "1e2147483649",
                "{\"a\":-1E-99999999999}",
                "\u0000"
            })
    void what_is_no_json_is_refused_without_saying_what_it_is(String text) {
        assertThatExceptionOfType(PoisonedRecord.class)
                .isThrownBy(() -> CanonicalJson.read(text))
                .withMessageStartingWith("it is no JSON: ")
                .withMessageNotContaining("nonsense")
                .withMessageNotContaining("99999999999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud83d\"", "{\"\\ude00\":1}", "[\"\\ud83d\\ud83d\\ude00\"]"})
    void half_a_surrogate_pair_is_refused_since_it_has_no_bytes(String text) {
        assertThatExceptionOfType(PoisonedRecord.class)
                .isThrownBy(() -> CanonicalJson.write(CanonicalJson.read(text)))
                // the parser refuses what it reads in names itself
                .withMessageMatching("it holds half a surrogate pair.*|it is no JSON: .*");
    }

    @Test
    void names_of_one_hash_are_read_like_any_others_and_however_often() throws PoisonedRecord {
        // "Ab" and "BA" have the same hash in Jackson's tables, and so has what is made of them
        String names = IntStream.range(0, 1_000)
                .mapToObj(number -> IntStream.range(0, 10)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Ab" : "BA")
                        .collect(Collectors.joining("", "\"", "\":1")))
                .sorted()
                .collect(Collectors.joining(",", "{", "}"));

        for (int time = 0; time < 3; time++) {
            assertThat(CanonicalJson.write(CanonicalJson.read(names))).isEqualTo(names);
        }
    }

    @Test
    void what_is_nested_too_deep_is_refused_while_it_is_read() {
        assertThatExceptionOfType(PoisonedRecord.class)
                .isThrownBy(() -> CanonicalJson.read("[".repeat(1_000_000)))
                .withMessageStartingWith("it is no JSON: ");
    }

    @Test
    void a_tree_that_is_nested_too_deep_is_refused_while_it_is_written() {
        ArrayNode tree = JsonNodeFactory.instance.arrayNode();
        ArrayNode inner = tree;
        for (int depth = 0; depth < 100_000; depth++) {
            inner = inner.addArray();
        }
        ArrayNode deep = tree;

        assertThatExceptionOfType(PoisonedRecord.class)
                .isThrownBy(() -> CanonicalJson.write(deep))
                .withMessageContaining("nested");
    }
}
