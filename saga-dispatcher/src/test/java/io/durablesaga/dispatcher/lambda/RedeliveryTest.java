package io.durablesaga.dispatcher.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.MemoryStarter;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A record that comes again is called the same and says the same, byte for byte, whatever its source says of the delivery. */
class RedeliveryTest {
    private static final Dispatch ENVELOPED = Dispatch.into("orders").envelope(true);

    /** What changes from one delivery to the next. */
    private static String again(String event) {
        return event.replaceAll("(\"(Approximate\\w+|Sent)Timestamp\":)\"\\d+\"", "$1\"1999999999999\"")
                .replace("\"ApproximateReceiveCount\":\"1\"", "\"ApproximateReceiveCount\":\"17\"")
                .replace("\"receiptHandle\":\"AQEB\"", "\"receiptHandle\":\"AQEC\"")
                .replace("1545084650.987", "1999999999.999")
                .replace("1428537600", "1999999999")
                .replace("1545084650987", "1999999999999")
                .replace("b-2.demo:9092,b-1.demo:9092", "b-3.demo:9092")
                .replace("role/lambda-role", "role/other")
                .replace("tcc6faL2yUC6d", "other")
                .replace("cert.pem", "newcert.pem")
                .replace("2026-01-02T12:45:07.000Z", "2026-01-03T12:45:07.000Z")
                .replace("D82B88E5F771F645", "other")
                .replace("205.255.255.255", "10.0.0.1");
    }

    private static MemoryStarter started(EventKind kind, String... events) {
        MemoryStarter starter = new MemoryStarter();
        try (EventHandler handler = Handlers.of(kind, ENVELOPED, starter)) {
            for (String event : events) {
                Invocation.of(handler, event);
            }
        }
        return starter;
    }

    @TestFactory
    Stream<DynamicTest> its_name_and_payload_are_the_same() {
        return Events.ofEach().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey().text(), () -> {
                    String again = again(entry.getValue());
                    if (entry.getKey() != EventKind.EVENTBRIDGE) { // which says nothing of the delivery
                        assertThat(again).isNotEqualTo(entry.getValue());
                    }

                    MemoryStarter starter = started(entry.getKey(), entry.getValue(), again);

                    assertThat(starter.requests()).hasSize(2);
                    assertThat(starter.requests().get(1).name())
                            .isEqualTo(starter.requests().get(0).name());
                    assertThat(starter.requests().get(1).payload())
                            .isEqualTo(starter.requests().get(0).payload());
                }));
    }

    /** A version that called records otherwise would start all of them once more. */
    @Test
    void names_never_change() {
        Map<EventKind, String> names = new EnumMap<>(EventKind.class);
        Events.ofEach()
                .forEach((kind, event) ->
                        names.put(kind, started(kind, event).requests().get(0).name()));

        assertThat(names)
                .isEqualTo(Map.of(
                        EventKind.SQS, "orders--15a49c7bdf72c0fc66bd3305258f02f8ec37a9fd",
                        EventKind.KINESIS, "orders--38319000b15e8e712a3bae134c5e909859da7158",
                        EventKind.DYNAMODB, "orders--e9f3715de02a62b2b83d379d8f351c2e922e4caa",
                        EventKind.KAFKA, "orders--5a7e25176bc9f3ac904a7754778edb8e6ad53721",
                        EventKind.EVENTBRIDGE, "orders--691257666b3739512e8a47bc2c3c52c93b658f44",
                        EventKind.SNS, "orders--0909faef2e301f6c07d5fd71abc7eefe872ad7ec",
                        EventKind.S3, "orders--36ef78095a903596f46d84292ffed16d314bc4f6"));
    }
}
