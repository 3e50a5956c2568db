package io.durablesaga.dispatcher;

import static io.durablesaga.dispatcher.Records.ORDERS;
import static io.durablesaga.dispatcher.Records.one;
import static io.durablesaga.dispatcher.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a record is started on, and what cannot be. */
class ReadingTest {
    private static final Dispatch BY_ORIGIN = Dispatch.into("orders");
    private final ScriptedStarter starter = new ScriptedStarter();

    private static Incoming of(Content content) {
        return Incoming.of(new Origin("test", "here", "id"), content);
    }

    private static Content bytes(int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int at = 0; at < bytes.length; at++) {
            all[at] = (byte) bytes[at];
        }
        return new Content.Bytes(all);
    }

    static Stream<Arguments> poison() {
        Incoming nameless = new Incoming(
                Optional.empty(), Sequence.NONE, Arrival.FIRST, new Content.Text("{}"), Map.of(), Optional.empty());
        return Stream.of(
                Arguments.of(ORDERS, record("id", "nonsense"), "it is no JSON"),
                Arguments.of(ORDERS, record("id", ""), "it is no JSON"),
                Arguments.of(ORDERS, record("id", "{}"), "no business key at /order"),
                Arguments.of(ORDERS, record("id", "{\"order\":\"\"}"), "no business key"),
                Arguments.of(ORDERS, record("id", "{\"order\":null}"), "no business key"),
                Arguments.of(ORDERS, record("id", "{\"order\":1.0}"), "no business key"),
                Arguments.of(ORDERS, record("id", "{\"order\":true}"), "no business key"),
                Arguments.of(ORDERS, record("id", "{\"order\":{\"secret\":1}}"), "no business key"),
                Arguments.of(ORDERS, record("id", "{\"order\":\"\\ud83d\"}"), "surrogate"),
                Arguments.of(ORDERS, record("id", "[".repeat(100_000)), "it is no JSON"),
                Arguments.of(ORDERS, record("id", "{\"order\":\"1\",\"n\":1e99999999999}"), "it is no JSON"),
                Arguments.of(ORDERS, of(bytes(0xC3, 0x28)), "no UTF-8"),
                Arguments.of(ORDERS, of(new Content.Unreadable("its data is no Base64")), "no Base64"),
                Arguments.of(ORDERS.key(received -> "a".repeat(-1)), record("id", "{}"), "cannot be taken"),
                Arguments.of(ORDERS.key("@order"), record("id", "{}"), "no business key at @order"),
                Arguments.of(ORDERS.bodyAt("/detail"), record("id", "{}"), "nothing at /detail"),
                Arguments.of(ORDERS.bodyAt("/m"), record("id", "{\"m\":\"nonsense\"}"), "it is no JSON"),
                Arguments.of(BY_ORIGIN, nameless, "no id"));
    }

    @ParameterizedTest
    @MethodSource("poison")
    void what_cannot_be_read_or_named_is_poison_and_starts_nothing(Dispatch dispatch, Incoming record, String why) {
        Decision decision = one(dispatch, starter, record);

        assertThat(decision.outcome()).isEqualTo(Outcome.POISON);
        assertThat(decision.acknowledged()).isFalse();
        assertThat(decision.name()).isNull();
        assertThat(decision.detail()).contains(why).doesNotContain("secret", "nonsense");
        assertThat(starter.started).isEmpty();
    }

    static Stream<Arguments> payloads() {
        return Stream.of(
                Arguments.of(BY_ORIGIN, of(bytes('{', '}')), "{}"),
                Arguments.of(BY_ORIGIN.body(BodyForm.TEXT), record("id", "any \"text\""), "\"any \\\"text\\\"\""),
                Arguments.of(BY_ORIGIN.body(BodyForm.BYTES), of(bytes(0xFF, 0x00)), "\"/wA=\""),
                Arguments.of(BY_ORIGIN.body(BodyForm.BYTES), record("id", "ab"), "\"YWI=\""),
                Arguments.of(
                        BY_ORIGIN.bodyAt("/detail"),
                        record("id", "{\"detail\": {\"b\":1,\"a\":2}}"),
                        "{\"a\":2,\"b\":1}"),
                Arguments.of(
                        BY_ORIGIN.bodyAt("/Message"), record("id", "{\"Message\": \"{ \\\"a\\\":1}\"}"), "{\"a\":1}"),
                Arguments.of(BY_ORIGIN, record("id", "\"{}\""), "\"{}\""),
                Arguments.of(
                        BY_ORIGIN,
                        of(new Content.Tree(JsonNodeFactory.instance
                                .objectNode()
                                .put("b", 1)
                                .put("a", "x"))),
                        "{\"a\":\"x\",\"b\":1}"),
                Arguments.of(
                        BY_ORIGIN.envelope(true),
                        record("id", "{\"a\":1}").with(Map.of("trace", "t")),
                        "{\"attributes\":{\"trace\":\"t\"},\"body\":{\"a\":1},\"id\":\"id\",\"place\":\"here\","
                                + "\"source\":\"test\"}"));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void a_body_is_started_as_its_form_says(Dispatch dispatch, Incoming record, String payload) {
        assertThat(one(dispatch, starter, record).outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(starter.started)
                .singleElement()
                .satisfies(start -> assertThat(start.payload()).isEqualTo(payload));
    }

    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of(ORDERS, record("id", "{\"order\":4711}"), "orders--4711"),
                Arguments.of(ORDERS, record("id", "{\"order\":\"4711\"}"), "orders--4711"),
                Arguments.of(ORDERS.key("/a/0"), record("id", "{\"a\":[\"x\"]}"), "orders--x"),
                Arguments.of(ORDERS.key("@n"), record("id", "{}").with(Map.of("n", "7")), "orders--7"),
                Arguments.of(
                        ORDERS.key(received -> received.origin().orElseThrow().id()), record("id", "{}"), "orders--id"),
                Arguments.of(
                        BY_ORIGIN, record("id", "{}"), Names.of("orders").ofOrigin(new Origin("test", "here", "id"))));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_record_is_named_by_its_key_or_else_by_its_origin(Dispatch dispatch, Incoming record, String name) {
        assertThat(one(dispatch, starter, record).name()).isEqualTo(name);
    }

    @Test
    void a_string_of_ten_million_characters_is_read_and_is_merely_too_large() {
        starter.largest = 1024 * 1024;
        byte[] body =
                ("{\"order\":\"1\",\"note\":\"" + "x".repeat(10_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);

        assertThat(one(ORDERS, starter, of(new Content.Bytes(body))).outcome()).isEqualTo(Outcome.REFUSED);
    }
}
