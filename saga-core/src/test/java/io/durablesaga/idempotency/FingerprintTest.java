package io.durablesaga.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.durablesaga.engine.SagaJson;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads are told apart for as long as their keys are kept, whatever order their fields come in. */
class FingerprintTest {
    private record Charge(String cardNumber, BigDecimal amount, List<String> lines, Instant at) {}

    private record SameCharge(Instant at, List<String> lines, BigDecimal amount, String cardNumber) {}

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private static String print(@Nullable Object payload) {
        return Fingerprint.of(payload).text();
    }

    @Test
    void fingerprints_are_the_same_in_every_release_since_stores_are_full_of_them() {
        // the digests of: null, "", 5, {"amount":1.10,"at":"2026-01-02T12:00:00Z","cardNumber":"Zoë
        // ☂","lines":["b","a"]}
        assertThat(print(null)).isEqualTo("74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b");
        assertThat(print("")).isEqualTo("12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126");
        assertThat(print(5)).isEqualTo("ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d");
        assertThat(print(new Charge("Zoë ☂", new BigDecimal("1.10"), List.of("b", "a"), NOON)))
                .isEqualTo("cbd63b9164ca1b555f0fcc00a5c9316e38847a44d6bcc9bb064c23c99d685e50");
    }

    @Test
    void the_order_of_fields_and_of_map_entries_says_nothing() {
        Charge charge = new Charge("4711", BigDecimal.ONE, List.of(), NOON);
        assertThat(print(new SameCharge(NOON, List.of(), BigDecimal.ONE, "4711")))
                .isEqualTo(print(charge));

        Map<String, Object> forward = new LinkedHashMap<>();
        forward.put("a", Map.of("x", 1));
        forward.put("b", charge);
        Map<String, Object> backward = new LinkedHashMap<>();
        backward.put("b", charge);
        backward.put("a", Map.of("x", 1));
        assertThat(print(backward)).isEqualTo(print(forward));
        assertThat(print(List.of(backward))).isEqualTo(print(List.of(forward)));
    }

    @Test
    void the_order_of_a_list_says_something() {
        assertThat(print(List.of("a", "b"))).isNotEqualTo(print(List.of("b", "a")));
    }

    @Test
    void numbers_are_told_apart_to_the_last_digit() {
        List<Object> numbers = List.of(
                new BigDecimal("0.1"),
                new BigDecimal("0.1000000000000000000000000000000000000001"),
                new BigDecimal("12345678901234567890.12"),
                new BigDecimal("12345678901234567890.13"),
                new BigInteger("123456789012345678901234567890"),
                new BigInteger("123456789012345678901234567891"),
                Long.MAX_VALUE,
                Long.MAX_VALUE - 1);

        assertThat(numbers.stream().map(FingerprintTest::print)).doesNotHaveDuplicates();
        assertThat(print(new BigDecimal("1.10"))).as("as it is written").isNotEqualTo(print(new BigDecimal("1.1")));
        assertThat(print(5L)).isEqualTo(print(5));
    }

    @Test
    void what_looks_alike_is_told_apart() {
        List<@Nullable Object> payloads = Arrays.asList(
                null, "null", "", " ", 1, "1", 1.0, true, "true", List.of(), List.of(1), Map.of(), Map.of("1", 1));

        assertThat(payloads.stream().map(FingerprintTest::print)).doesNotHaveDuplicates();
        assertThat(print(Optional.of(1))).as("what it is in JSON").isEqualTo(print(1));
    }

    @Test
    void a_payload_may_be_written_by_json_of_ones_own() {
        SagaJson snake =
                SagaJson.over(new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
        record Card(String cardNumber) {}

        assertThat(Fingerprint.of(new Card("4711"), snake)).isEqualTo(Fingerprint.of(Map.of("card_number", "4711")));
    }

    @Test
    void what_is_nothing_in_json_is_refused_without_saying_what_is_in_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fingerprint.of(new Object()))
                .withMessageStartingWith("payload: it cannot be written as JSON (InvalidDefinitionException")
                .withMessageEndingWith("; give what can");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fingerprint.of(Map.of("secret", new Object())))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0123456789abcdef", "DEADBEEF"})
    void any_other_text_is_no_fingerprint(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Fingerprint(text))
                .withMessage("text: no fingerprint; make one with Fingerprint.of(payload)");
        assertThatIllegalArgumentException().isThrownBy(() -> new Fingerprint(print(5) + text + "0"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Fingerprint(print(5).toUpperCase(java.util.Locale.ROOT)));
    }

    @Test
    void a_fingerprint_reads_back_from_its_text() {
        assertThat(new Fingerprint(print(5))).isEqualTo(Fingerprint.of(5));
        assertThatNullPointerException().isThrownBy(() -> new Fingerprint(null)).withMessage("text");
    }
}
