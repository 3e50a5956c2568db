package io.durablesaga.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.durablesaga.start.ExecutionName;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are a stable format: what changes one here starts every record again that comes again. */
class NamesTest {
    private static final Names ORDERS = Names.of("orders");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4711 | orders--4711",
                "order-4711_b | orders--order-4711_b",
                "123456789012345678901234567890123456789 | orders--123456789012345678901234567890123456789",
                "1234567890123456789012345678901234567890 | orders--6f2496203bd3e32b4616fd8fd00543a5a0e1ba68",
                "9f3f0e1c-6c2b-4a2d-9c43-0d9d2a2c8f11 | orders--9f3f0e1c-6c2b-4a2d-9c43-0d9d2a2c8f11",
                "a--b | orders--440bac5cfa8921f639fffe6dda807a05b2d0cf55",
                "-a | orders--ce4b672bfa9d897b453d9bcc3e1d4be4b3964a98",
                "a- | orders--5cad523ca59d815aaa39f233759eda9d3479f353",
                "order 4711 | orders--cdcd49458a5f79564a377f93b90095502ad456b9",
                "größe | orders--a365f2630f35282e18cdfda5b932308d721d3a6c",
                "4711--2 | orders--fc3d454838cee7bed66dff9068ed860bb050b71a"
            })
    void a_key_always_has_this_name(String key, String name) {
        assertThat(ORDERS.ofKey(key)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sqs | arn:aws:sqs:eu-west-1:123456789012:orders | 059f36b4-87a3-44ab-83d2-661975830a7d | orders--15a49c7bdf72c0fc66bd3305258f02f8ec37a9fd",
                "kafka | broker:9092/orders-0 | 42 | orders--1010e17a51eb566a4af2a6d62776a015dbd68b4d"
            })
    void an_origin_always_has_this_name(String kind, String place, String id, String name) {
        assertThat(ORDERS.ofOrigin(new Origin(kind, place, id))).isEqualTo(name);
    }

    @Test
    void later_attempts_count_on_and_are_told_from_every_first_one() {
        String first = ORDERS.ofKey("4711");

        assertThat(ORDERS.ofAttempt(first, 1)).isEqualTo("orders--4711");
        assertThat(ORDERS.ofAttempt(first, 2)).isEqualTo("orders--4711--2");
        assertThat(ORDERS.isFirst("orders--4711--2")).isFalse();
        assertThat(Names.first("orders--4711--2")).isEqualTo("orders--4711");
        assertThat(Names.first("orders--4711")).isEqualTo("orders--4711");
        assertThat(Names.attempt("orders--4711--2")).isEqualTo(2);
        assertThat(Names.attempt("orders--4711")).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> ORDERS.ofAttempt("orders--4711--2", 2));
    }

    @Test
    void the_longest_name_there_can_be_is_legal() {
        Names longest = Names.of("seventeen-letters");

        assertThat(longest.ofAttempt(longest.ofKey("k".repeat(500)), Names.MOST_ATTEMPTS))
                .hasSize(ExecutionName.LONGEST)
                .matches(ExecutionName::isLegal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-orders", "orders-", "or--ders", "eighteen-letters-x", "orders.eu", "größe"})
    void what_could_be_taken_for_another_scope_is_none(String scope) {
        assertThatIllegalArgumentException().isThrownBy(() -> Names.of(scope)).withMessageContaining("'" + scope + "'");
    }

    @Test
    void an_empty_key_names_nothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> ORDERS.ofKey(""));
    }

    /** Scopes, keys, origins and attempts made of few letters, so that those that look alike meet. */
    @Test
    void no_two_scopes_keys_origins_or_attempts_share_a_name() {
        Random random = new Random(42);
        Set<List<Object>> what = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (int round = 0; round < 200_000; round++) {
            String scope = text(random, 4);
            String key = text(random, 8);
            int attempt = 1 + random.nextInt(3);
            Names scoped;
            try {
                scoped = Names.of(scope);
            } catch (IllegalArgumentException e) {
                continue;
            }
            if (key.isEmpty()) {
                continue;
            }
            boolean origin = random.nextInt(4) == 0;
            String kind = text(random, 2);
            String first = origin ? scoped.ofOrigin(new Origin(kind, "", key)) : scoped.ofKey(key);
            boolean fresh = what.add(List.of(scope, origin ? kind + ":" : "key", key, attempt));
            assertThat(names.add(scoped.ofAttempt(first, attempt)))
                    .as("seed 42, round %s: scope '%s', key '%s', attempt %s", round, scope, key, attempt)
                    .isEqualTo(fresh);
            assertThat(Names.first(scoped.ofAttempt(first, attempt))).isEqualTo(first);
        }
        assertThat(names).hasSizeGreaterThan(10_000);
    }

    private static String text(Random random, int longest) {
        String letters = "a-2_";
        return random.ints(random.nextInt(longest + 1), 0, letters.length())
                .mapToObj(at -> letters.substring(at, at + 1))
                .reduce("", String::concat);
    }
}
