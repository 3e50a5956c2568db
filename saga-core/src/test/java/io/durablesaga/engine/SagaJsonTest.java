package io.durablesaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectMapper.DefaultTyping;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.durablesaga.result.SagaResults;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How values become records and back. */
class SagaJsonTest {
    private static final SagaJson JSON = SagaJson.standard();

    record Everything(Instant at, Duration took, Optional<String> note, BigDecimal amount, OffsetDateTime local) {}

    record Money(BigDecimal amount) {}

    @Test
    void times_are_text_and_read_back_as_they_were() throws JsonProcessingException {
        Everything value = new Everything(
                Instant.parse("2026-01-01T10:00:00.123456789Z"),
                Duration.ofMillis(90_500),
                Optional.of("fragile"),
                new BigDecimal("10.00"),
                OffsetDateTime.parse("2026-01-01T10:00:00+02:00"));

        String json = JSON.write(value);

        assertThat(json)
                .isEqualTo("{\"at\":\"2026-01-01T10:00:00.123456789Z\",\"took\":\"PT1M30.5S\","
                        + "\"note\":\"fragile\",\"amount\":10.00,\"local\":\"2026-01-01T10:00:00+02:00\"}");
        assertThat(JSON.read(json, Everything.class)).isEqualTo(value);
    }

    @Test
    void numbers_keep_every_digit() throws JsonProcessingException {
        Money value = new Money(new BigDecimal("12345678901234567890.120"));

        assertThat(JSON.read(JSON.write(value), Money.class)).isEqualTo(value);
    }

    @Test
    void nothing_is_null() throws JsonProcessingException {
        assertThat(JSON.write(null)).isEqualTo("null");
        assertThat(JSON.read("null", String.class)).isNull();
        assertThat(JSON.read("null", Void.class)).isNull();
    }

    @Test
    void unknown_fields_are_ignored_since_definitions_change() throws JsonProcessingException {
        assertThat(JSON.read("{\"amount\":1,\"currency\":\"EUR\"}", Money.class))
                .isEqualTo(new Money(BigDecimal.ONE));
    }

    @Test
    void entries_of_a_map_are_written_in_one_order() throws JsonProcessingException {
        Map<String, Integer> map = new HashMap<>();
        for (String key : List.of("q", "b", "zz", "a", "Q")) {
            map.put(key, 1);
        }

        assertThat(JSON.write(map)).isEqualTo("{\"Q\":1,\"a\":1,\"b\":1,\"q\":1,\"zz\":1}");
    }

    @Test
    void generic_types_are_read_as_what_they_hold() throws JsonProcessingException {
        List<Money> list = List.of(new Money(BigDecimal.ONE));

        assertThat(JSON.read(JSON.write(list), new TypeReference<List<Money>>() {}.getType()))
                .isEqualTo(list);
    }

    @Test
    void a_value_of_another_type_is_refused() {
        assertThatThrownBy(() -> JSON.read("\"text\"", Integer.class)).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> JSON.read("{", Money.class)).isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> JSON.write(new Object())).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void what_a_reader_of_ones_own_throws_for_the_outermost_value_is_no_other_failure_than_within() {
        JsonMapper mapper = JsonMapper.builder()
                .addModule(new SimpleModule().addDeserializer(Duration.class, new NoReader()))
                .build();
        SagaJson json = SagaJson.over(mapper);

        assertThatThrownBy(() -> json.read("\"4711\"", Duration.class))
                .isInstanceOf(JsonProcessingException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new SagaResults(mapper)
                        .read("{\"sagaResult\":\"completed\",\"saga\":\"s\",\"value\":\"4711\"}", Duration.class))
                .isInstanceOf(JsonProcessingException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    private static final class NoReader extends JsonDeserializer<Duration> {
        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            throw new IllegalStateException("no duration: " + parser.getText());
        }
    }

    @Test
    void data_cannot_name_a_class_to_load() throws JsonProcessingException {
        String json = "[\"java.io.File\",\"/tmp\"]";

        assertThat(JSON.read(json, Object.class)).isEqualTo(List.of("java.io.File", "/tmp"));
    }

    @ParameterizedTest
    @EnumSource(names = "EVERYTHING", mode = EnumSource.Mode.EXCLUDE)
    void a_mapper_with_default_typing_is_refused(DefaultTyping typing) {
        BasicPolymorphicTypeValidator any = BasicPolymorphicTypeValidator.builder()
                .allowIfBaseType(Object.class)
                .build();

        for (JsonTypeInfo.As as : List.of(JsonTypeInfo.As.PROPERTY, JsonTypeInfo.As.WRAPPER_ARRAY)) {
            ObjectMapper mapper =
                    JsonMapper.builder().activateDefaultTyping(any, typing, as).build();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SagaJson.over(mapper))
                    .withMessageContaining("mapper: it has default typing on")
                    .withMessageContaining("turn it off");
        }
    }

    @Test
    void a_mapper_of_your_own_is_used_as_it_was_when_given() throws JsonProcessingException {
        ObjectMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
                .build();
        SagaJson json = SagaJson.over(mapper);

        mapper.disable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);

        assertThat(json.read("1", Object.class)).isEqualTo(new java.math.BigInteger("1"));
        assertThat(json.mapper()).isNotSameAs(mapper);
        assertThat(json.mapper().readTree("[1]").size()).isEqualTo(1);
    }

    @Test
    void names_that_share_a_hash_are_read_however_often() throws JsonProcessingException {
        // "Ab" and "BA" have the same hash in Jackson's tables, and so has what is made of them
        String names = IntStream.range(0, 1_000)
                .mapToObj(number -> IntStream.range(0, 10)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Ab" : "BA")
                        .collect(Collectors.joining("", "\"", "\":1")))
                .sorted()
                .collect(Collectors.joining(",", "{", "}"));
        SagaJson json = SagaJson.standard();

        for (int time = 0; time < 4; time++) {
            assertThat(json.write(json.read(names, Map.class))).isEqualTo(names);
        }
    }
}
