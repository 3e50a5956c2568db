package io.durablesaga.dispatcher.lambda;

import static io.durablesaga.dispatcher.lambda.Invocation.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.MemoryStarter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What is no event of a handler's source is refused as a whole, saying what was seen: the function is wired to something else. */
class EventsOfOthersTest {
    private static final Map<EventKind, String> EVENTS = Map.of(
            EventKind.SQS, "{'Records':[{'eventSource':'aws:sqs','secret-field':'s3cr3t'}]}",
            EventKind.KINESIS, "{'Records':[{'eventSource':'aws:kinesis','secret-field':'s3cr3t'}]}",
            EventKind.DYNAMODB, "{'Records':[{'eventSource':'aws:dynamodb','secret-field':'s3cr3t'}]}",
            EventKind.KAFKA, "{'eventSource':'SelfManagedKafka','records':{'s3cr3t':[]}}",
            EventKind.EVENTBRIDGE, "{'detail-type':'Order Placed','detail':{'secret-field':'s3cr3t'}}",
            EventKind.SNS, "{'Records':[{'EventSource':'aws:sns','secret-field':'s3cr3t'}]}",
            EventKind.S3, "{'Records':[{'eventSource':'aws:s3','secret-field':'s3cr3t'}]}");

    @TestFactory
    Stream<DynamicTest> an_event_of_another_source_is_refused_naming_the_handler_that_fits() {
        return Stream.of(EventKind.values())
                .flatMap(ours -> EVENTS.keySet().stream()
                        .filter(theirs -> theirs != ours)
                        .map(theirs -> DynamicTest.dynamicTest(theirs + " to " + ours, () -> {
                            MemoryStarter starter = new MemoryStarter();
                            try (EventHandler handler = Handlers.of(ours, Dispatch.into("orders"), starter)) {
                                assertThatThrownBy(() -> Invocation.of(handler, json(EVENTS.get(theirs))))
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessageStartingWith("this is no event of " + ours.text())
                                        .hasMessageContaining("it is one of " + theirs.text() + ", for ")
                                        .hasMessageNotContaining("s3cr3t");
                            }
                            assertThat(starter.requests()).isEmpty();
                        })));
    }

    @TestFactory
    Stream<DynamicTest> what_is_no_JSON_or_nothing_is_refused() {
        return Stream.of(EventKind.values())
                .flatMap(kind -> Stream.of("", "null", "{", "{'a':s3cr3t}", "{'a':1e77777777777}", "{} {}", "\u0000")
                        .map(event -> DynamicTest.dynamicTest(kind + " of " + event.length(), () -> {
                            try (EventHandler handler =
                                    Handlers.of(kind, Dispatch.into("orders"), new MemoryStarter())) {
                                assertThatThrownBy(() -> Invocation.of(handler, json(event)))
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessageNotContainingAny("s3cr3t", "77777777777")
                                        .hasNoCause();
                            }
                        })));
    }

    @TestFactory
    Stream<DynamicTest> no_event_and_bytes_that_are_no_UTF_8_are_refused() {
        return Stream.of(EventKind.values())
                .map(kind -> DynamicTest.dynamicTest(kind.text(), () -> {
                    try (EventHandler handler = Handlers.of(kind, Dispatch.into("orders"), new MemoryStarter())) {
                        byte[] noText = {'"', (byte) 0xFF, (byte) 0xFE, '"'};
                        ByteArrayOutputStream answer = new ByteArrayOutputStream();
                        assertThatThrownBy(() -> handler.handleRequest(null, answer, null))
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessage("there is no event");
                        assertThatThrownBy(() -> handler.handleRequest(new ByteArrayInputStream(noText), answer, null))
                                .isInstanceOf(IllegalArgumentException.class);
                        assertThat(answer.size()).isZero();
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> an_array_and_an_object_without_records_are_refused_by_all_that_have_records() {
        return Stream.of(EventKind.values())
                .filter(kind -> kind != EventKind.EVENTBRIDGE)
                .flatMap(kind -> Map.of(
                                "[1]", "JSON of type array",
                                "{'Records':{},'b\u00e4d':1}", "an object with the fields [Records, b?d]",
                                "{}", "an object with the fields []")
                        .entrySet()
                        .stream()
                        .map(seen -> DynamicTest.dynamicTest(kind + " of " + seen.getKey(), () -> {
                            try (EventHandler handler =
                                    Handlers.of(kind, Dispatch.into("orders"), new MemoryStarter())) {
                                assertThatThrownBy(() -> Invocation.of(handler, json(seen.getKey())))
                                        .isInstanceOf(IllegalArgumentException.class)
                                        .hasMessageEndingWith("but " + seen.getValue());
                            }
                        })));
    }
}
