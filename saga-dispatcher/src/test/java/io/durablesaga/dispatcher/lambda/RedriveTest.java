package io.durablesaga.dispatcher.lambda;

import static io.durablesaga.dispatcher.lambda.Invocation.returned;
import static org.assertj.core.api.Assertions.assertThat;

import io.durablesaga.dispatcher.BodyForm;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.MemoryStarter;
import io.durablesaga.dispatcher.MemoryStarter.Fault;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** A dead letter that SQS moves back, under a new message id, is the record it was, whichever source that came from. */
class RedriveTest {
    private static final Handling QUIET = Handling.STANDARD.withoutMetrics();

    private static MemoryStarter started(EventKind source, Dispatch dispatch, String event) {
        MemoryStarter starter = new MemoryStarter();
        try (EventHandler handler = Handlers.of(source, dispatch, starter)) {
            Invocation.of(handler, event);
        }
        return starter;
    }

    @TestFactory
    Stream<DynamicTest> it_starts_the_same_execution_with_the_same_bytes() {
        List<Dispatch> ways = Stream.of(BodyForm.values())
                .map(form -> Dispatch.into("orders").tries(1).body(form))
                .flatMap(way -> Stream.of(way, way.envelope(true)))
                .toList();
        return Events.ofEach().entrySet().stream()
                .flatMap(event -> ways.stream()
                        .map(way -> DynamicTest.dynamicTest(
                                event.getKey().text() + ", way " + ways.indexOf(way),
                                () -> same(event.getKey(), way, event.getValue()))));
    }

    private static void same(EventKind source, Dispatch way, String event) {
        MemoryStarter first = started(source, way, event);
        assertThat(first.payloads()).hasSize(1);
        Sent queue = new Sent();
        MemoryStarter refusing = new MemoryStarter().startFaults((name, call) -> Fault.REFUSED);
        try (EventHandler handler =
                Handlers.of(source, way.deadLetters(SqsDeadLetters.to(queue, Sent.QUEUE)), refusing)) {
            Invocation.of(handler, event);
        }
        MemoryStarter again = new MemoryStarter();
        Sent secondQueue = new Sent();
        try (SqsDispatcher handler =
                new SqsDispatcher(way.deadLetters(SqsDeadLetters.to(secondQueue, Sent.QUEUE)), refusing, QUIET)) {
            // it is refused once more, and so is a letter of a letter
            assertThat(returned(Invocation.of(handler, queue.redriven()))).isEmpty();
        }
        try (SqsDispatcher handler = new SqsDispatcher(way, again, QUIET)) {
            assertThat(returned(Invocation.of(handler, secondQueue.redriven()))).isEmpty();
        }

        assertThat(again.payloads()).isEqualTo(first.payloads());
        assertThat(again.questions()).isOne();
    }

    @Test
    void a_letter_is_named_as_it_was_though_the_key_is_now_taken_from_elsewhere() {
        String event = Events.records(Events.sns("m-1", "\"{\\\"id\\\":\\\"A1\\\",\\\"no\\\":\\\"B2\\\"}\""));
        Sent queue = new Sent();
        Dispatch lettered = Dispatch.into("orders").deadLetters(SqsDeadLetters.to(queue, Sent.QUEUE));
        MemoryStarter refusing = new MemoryStarter().startFaults((name, call) -> Fault.REFUSED);
        try (SnsDispatcher handler = new SnsDispatcher(lettered.key("/id"), refusing, QUIET)) {
            Invocation.of(handler, event);
        }
        MemoryStarter again = new MemoryStarter();
        try (SqsDispatcher handler = new SqsDispatcher(Dispatch.into("orders").key("/no"), again, QUIET)) {
            Invocation.of(handler, queue.redriven());
        }

        assertThat(again.payloads()).containsOnlyKeys("orders--A1");
    }

    @Test
    void a_message_with_a_letter_that_cannot_be_opened_starts_nothing_and_is_put_away_whole() {
        for (String header : List.of(
                "no JSON",
                "{}",
                "null",
                "{\"v\":1e99999999999,\"content\":\"text\",\"body\":\"plain\"}",
                "{\"v\":2,\"content\":\"text\",\"body\":\"plain\"}",
                "{\"v\":1,\"content\":\"text\",\"body\":\"rot13\"}",
                "{\"v\":1,\"content\":\"bytes\",\"body\":\"plain\"}",
                "{\"v\":1,\"content\":\"tree\",\"body\":\"plain\"}",
                "{\"v\":1,\"content\":\"thing\",\"body\":\"plain\"}",
                "{\"v\":1,\"content\":\"bytes\",\"body\":\"base64\"}",
                "{\"v\":1,\"content\":\"text\",\"body\":\"json\"}")) {
            Sent queue = new Sent();
            queue.sendMessage(SendMessageRequest.builder()
                    .messageBody("{\"a\":[1]}")
                    .messageAttributes(Map.of(
                            "saga-letter",
                            MessageAttributeValue.builder()
                                    .dataType("String")
                                    .stringValue(header)
                                    .build()))
                    .build());
            MemoryStarter starter = new MemoryStarter();
            Sent dead = new Sent();
            Dispatch dispatch = Dispatch.into("orders").deadLetters(SqsDeadLetters.to(dead, Sent.QUEUE));
            try (SqsDispatcher handler = new SqsDispatcher(dispatch, starter, QUIET)) {
                Invocation.of(handler, queue.redriven());
            }

            assertThat(starter.payloads()).as(header).isEmpty();
            assertThat(dead.only().messageBody()).as(header).contains("\"body\":\"{\\\"a\\\":[1]}\"", "saga-letter");
            assertThat(dead.only().messageAttributes().get("saga-letter").stringValue())
                    .as(header)
                    .contains("\"outcome\":\"POISON\"");
        }
    }
}
