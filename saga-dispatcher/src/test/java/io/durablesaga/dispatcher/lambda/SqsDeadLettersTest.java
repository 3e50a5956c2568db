package io.durablesaga.dispatcher.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.durablesaga.dispatcher.Content;
import io.durablesaga.dispatcher.DeadLetters.DeadLetter;
import io.durablesaga.dispatcher.Incoming;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.dispatcher.Outcome;
import io.durablesaga.dispatcher.Sequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

class SqsDeadLettersTest {
    private static final Origin ORIGIN = new Origin("sqs", "arn:aws:sqs:eu-west-1:123456789012:orders", "m-1");

    private final Sent queue = new Sent();

    private static DeadLetter letter(Incoming record) {
        return new DeadLetter(record, Outcome.CONFLICT, Optional.of("orders--4711"), "another payload");
    }

    private static Incoming record(Content content) {
        return Incoming.of(ORIGIN, content);
    }

    private SendMessageRequest sent(DeadLetter letter) {
        int before = queue.messages().size();
        SqsDeadLetters.to(queue, Sent.QUEUE).take(letter);
        return queue.messages().get(before);
    }

    private SendMessageRequest sentInOrder(DeadLetter letter) {
        int before = queue.messages().size();
        SqsDeadLetters.to(queue, Sent.QUEUE + ".fifo").take(letter);
        return queue.messages().get(before);
    }

    private static JsonNode header(SendMessageRequest message) throws Exception {
        return EventJson.read(message.messageAttributes().get("saga-letter").stringValue());
    }

    @Test
    void the_body_is_what_the_record_said_and_one_attribute_says_all_else() throws Exception {
        SendMessageRequest message =
                sent(letter(record(new Content.Text("{\"a\":1}")).with(Map.of("tenant", "acme"))));

        assertThat(message.queueUrl()).isEqualTo(Sent.QUEUE);
        assertThat(message.messageBody()).isEqualTo("{\"a\":1}");
        assertThat(message.messageGroupId()).isNull();
        assertThat(message.messageAttributes().get("tenant").stringValue()).isEqualTo("acme");
        assertThat(header(message).toString())
                .isEqualTo(
                        "{\"v\":1,\"name\":\"orders--4711\",\"origin\":{\"kind\":\"sqs\",\"place\":\"arn:aws:sqs:eu-west-1:123456789012:orders\","
                                + "\"id\":\"m-1\"},\"outcome\":\"CONFLICT\",\"detail\":\"another payload\",\"content\":\"text\",\"body\":\"plain\","
                                + "\"attributes\":{\"tenant\":\"acme\"}}");
    }

    @Test
    void whatever_a_record_said_is_read_back_as_it_was() {
        JsonNode tree =
                JsonNodeFactory.instance.objectNode().put("a", "\ud800\u0000").putNull("b");
        Map<Content, Content> readBack = new LinkedHashMap<>();
        for (String text : List.of("plain é \ud83d\ude00 \t\r\n", "", "\u0000", "half \ud800", "\uffff", "\ufeff{}")) {
            readBack.put(new Content.Text(text), new Content.Text(text));
        }
        readBack.put(new Content.Tree(tree), new Content.Tree(tree));
        readBack.put(new Content.Unreadable("why", "raw \u0001"), new Content.Unreadable("why", "raw \u0001"));
        readBack.put(new Content.Unreadable("why"), new Content.Unreadable("why"));
        readBack.put(new Content.Bytes(new byte[] {'a'}), new Content.Text("a"));
        readBack.put(new Content.Bytes(new byte[0]), new Content.Text(""));

        readBack.forEach((content, expected) -> {
            SendMessageRequest message = sent(letter(record(content)));
            assertThat(SqsText.isLegal(message.messageBody())).isTrue();
            assertThat(message.messageBody()).isNotEmpty();
            Letter.Opened opened = Letter.open(
                            message.messageAttributes().get("saga-letter").stringValue(), message.messageBody())
                    .orElseThrow();
            assertThat(opened.content()).isEqualTo(expected);
            assertThat(opened.kept()).isEqualTo(letter(record(content)).kept());
        });
    }

    @Test
    void why_a_letter_could_not_be_read_stays_short_whoever_wrote_it() {
        String header =
                "{\"v\":1,\"content\":\"unreadable\",\"body\":\"plain\",\"why\":\"" + "x".repeat(100_000) + "\"}";

        assertThat(Letter.open(header, "raw").orElseThrow().content())
                .isEqualTo(new Content.Unreadable("x".repeat(1_000), "raw"));
    }

    @Test
    void bytes_that_are_no_text_are_Base64() {
        SendMessageRequest message = sent(letter(record(new Content.Bytes(new byte[] {(byte) 0xFF, 0}))));

        assertThat(message.messageBody()).isEqualTo("/wA=");
        Content content = Letter.open(
                        message.messageAttributes().get("saga-letter").stringValue(), message.messageBody())
                .orElseThrow()
                .content();
        assertThat(((Content.Bytes) content).bytes()).containsExactly(0xFF, 0);
    }

    @Test
    void attributes_that_SQS_does_not_take_are_in_the_letter_only() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("AWS.x", "1");
        attributes.put("amazon.y", "1");
        attributes.put("two..dots", "1");
        attributes.put("blank name", "1");
        attributes.put("empty", "");
        attributes.put("control", "\u0001");
        attributes.put("saga-letter", "mine");
        attributes.put("good_1.name-x", "1");

        SendMessageRequest message = sent(letter(record(new Content.Text("1")).with(attributes)));

        assertThat(message.messageAttributes()).containsOnlyKeys("saga-letter", "good_1.name-x");
        String header = message.messageAttributes().get("saga-letter").stringValue();
        assertThat(Letter.open(header, "1").orElseThrow().attributes()).isEqualTo(attributes);
    }

    @Test
    void of_many_attributes_as_many_are_sent_as_SQS_takes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int number = 0; number < 20; number++) {
            attributes.put("a" + number, "1");
        }

        assertThat(sent(letter(record(new Content.Text("1")).with(attributes))).messageAttributes())
                .hasSize(10);
    }

    @Test
    void a_letter_of_a_megabyte_fits_and_a_larger_one_is_refused() {
        int header = sent(letter(record(new Content.Text("1"))))
                .messageAttributes()
                .get("saga-letter")
                .stringValue()
                .length();
        int room = (1 << 20) - header - "saga-letter".length() - "String".length();

        Map<String, MessageAttributeValue> attributes =
                sent(letter(record(new Content.Text("x".repeat(room))))).messageAttributes();

        assertThat(attributes).hasSize(1);
        assertThatThrownBy(() -> sent(letter(record(new Content.Text("x".repeat(room + 1))))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a dead letter of 1048577 bytes, and SQS takes 1048576");
    }

    @Test
    void in_a_fifo_queue_a_letter_is_in_the_group_of_its_record() {
        assertThat(sentInOrder(letter(record(new Content.Text("1")).in(Sequence.of("order-4711"))))
                        .messageGroupId())
                .isEqualTo("order-4711");
        assertThat(sentInOrder(letter(record(new Content.Text("1")).in(Sequence.of("no group"))))
                        .messageGroupId())
                .matches("[0-9a-f]{64}");
        SendMessageRequest alone = sentInOrder(letter(record(new Content.Text("1"))));
        assertThat(alone.messageGroupId()).isEqualTo(alone.messageDeduplicationId());
    }

    @Test
    void a_fifo_queue_takes_a_letter_once_and_again_when_it_was_sent_again_in_between() {
        Incoming first = record(new Content.Text("1"));
        Incoming.Kept kept = letter(first).kept();
        Incoming again = Incoming.of(new Origin("sqs", "arn:again", "m-2"), new Content.Text("1"))
                .keeping(kept);

        String once = sentInOrder(letter(first)).messageDeduplicationId();
        assertThat(sentInOrder(letter(first)).messageDeduplicationId())
                .isEqualTo(once)
                .matches("[0-9a-f]{64}");
        assertThat(sentInOrder(letter(again)).messageDeduplicationId()).isNotEqualTo(once);
        assertThat(sentInOrder(new DeadLetter(first, Outcome.ENDED_BADLY, Optional.of("orders--4711"), ""))
                        .messageDeduplicationId())
                .isNotEqualTo(once);
    }

    @Test
    void letters_without_a_name_and_an_id_are_told_apart_by_what_they_say() {
        Incoming nameless = new Incoming(
                Optional.empty(),
                Sequence.NONE,
                record(new Content.Text("")).arrival(),
                new Content.Text("1"),
                Map.of(),
                Optional.empty());
        DeadLetter one = new DeadLetter(nameless, Outcome.POISON, Optional.empty(), "");
        DeadLetter other = new DeadLetter(
                new Incoming(
                        Optional.empty(),
                        Sequence.NONE,
                        nameless.arrival(),
                        new Content.Text("2"),
                        Map.of(),
                        Optional.empty()),
                Outcome.POISON,
                Optional.empty(),
                "");

        assertThat(sentInOrder(one).messageDeduplicationId())
                .isNotEqualTo(sentInOrder(other).messageDeduplicationId());
    }

    @Test
    void what_is_no_queues_URL_is_refused() {
        for (String url :
                List.of("", "orders", "arn:aws:sqs:eu-west-1:123456789012:orders", "https://sqs", "https://a/b c")) {
            assertThatThrownBy(() -> SqsDeadLetters.to(queue, url))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no queue's URL");
        }
    }
}
