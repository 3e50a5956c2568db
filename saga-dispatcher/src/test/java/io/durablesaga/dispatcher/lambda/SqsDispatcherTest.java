package io.durablesaga.dispatcher.lambda;

import static io.durablesaga.dispatcher.lambda.Invocation.json;
import static io.durablesaga.dispatcher.lambda.Invocation.returned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.dispatcher.BodyForm;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.MemoryStarter;
import io.durablesaga.dispatcher.MemoryStarter.Fault;
import io.durablesaga.dispatcher.Names;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.dispatcher.Outcome;
import io.durablesaga.dispatcher.Treatment;
import io.durablesaga.start.Standing;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SqsDispatcherTest {
    private static final String QUEUE = "arn:aws:sqs:eu-west-1:123456789012:orders";
    private static final Dispatch ORDERS = Dispatch.into("orders")
            .tries(1)
            .on(Outcome.POISON, Treatment.RETURN)
            .on(Outcome.CONFLICT, Treatment.RETURN);

    private final MemoryStarter starter = new MemoryStarter();

    private JsonNode invoke(Dispatch dispatch, String event) {
        try (SqsDispatcher handler = new SqsDispatcher(dispatch, starter, Handling.STANDARD.withoutMetrics())) {
            return Invocation.of(handler, event);
        }
    }

    private static String event(String... messages) {
        return "{\"Records\":[" + String.join(",", messages) + "]}";
    }

    /** As the Lambda developer guide shows one. */
    private static String message(String id, String body, int receiveCount) {
        return json("""
                {'messageId':'%s','receiptHandle':'AQEB%s','body':%s,
                 'attributes':{'ApproximateReceiveCount':'%d','SentTimestamp':'1545082649183',
                   'SenderId':'AIDAIENQZJOLO23YVJ4VO','ApproximateFirstReceiveTimestamp':'15450826491%d'},
                 'messageAttributes':{
                   'tenant':{'stringValue':'acme','stringListValues':[],'binaryListValues':[],'dataType':'String'},
                   'weight':{'stringValue':'12.50','stringListValues':[],'binaryListValues':[],'dataType':'Number.kg'},
                   'photo':{'binaryValue':'AAEC','stringListValues':[],'binaryListValues':[],'dataType':'Binary.png'}},
                 'md5OfBody':'e4e68fb7bd0e697a0ae8f1bb342846b3','eventSource':'aws:sqs',
                 'eventSourceARN':'%s','awsRegion':'eu-west-1'}
                """.formatted(id, receiveCount, quoted(body), receiveCount, receiveCount, QUEUE));
    }

    private static String fifo(String id, String group, String body) {
        return json("""
                {'messageId':'%s','body':%s,
                 'attributes':{'ApproximateReceiveCount':'1'%s,'MessageDeduplicationId':'1','SequenceNumber':'18849496460467696128'},
                 'messageAttributes':{},'eventSource':'aws:sqs','eventSourceARN':'%s.fifo','awsRegion':'eu-west-1'}
                """.formatted(id, quoted(body), group.isEmpty() ? "" : ",'MessageGroupId':'" + group + "'", QUEUE));
    }

    private static String quoted(String body) {
        return '"' + body.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Test
    void every_message_starts_one_execution_named_by_queue_and_message_id() {
        JsonNode answer = invoke(ORDERS, event(message("m-1", "{\"b\":1.50,\"a\":1}", 1), message("m-2", "[2]", 1)));

        assertThat(answer.toString()).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(starter.payloads())
                .containsOnly(Map.entry(name("m-1"), "{\"a\":1,\"b\":1.50}"), Map.entry(name("m-2"), "[2]"));
    }

    private static String name(String id) {
        return Names.of("orders").ofOrigin(new Origin("sqs", QUEUE, id));
    }

    @Test
    void an_envelope_says_where_a_message_comes_from_and_what_is_text_beside_it() {
        invoke(ORDERS.envelope(true), event(message("m-1", "{}", 1)));

        assertThat(starter.payloads().values())
                .containsExactly(json("{'attributes':{'tenant':'acme','weight':'12.50'},'body':{},'id':'m-1',"
                        + "'place':'" + QUEUE + "','source':'sqs'}"));
    }

    @Test
    void a_redelivered_message_has_the_same_payload_byte_for_byte() {
        Dispatch judged = ORDERS.envelope(true);
        invoke(judged, event(message("m-1", "{\"b\":1,\"a\":\"é\"}", 1)));
        JsonNode again = invoke(judged, event(message("m-1", "{\"b\":1,\"a\":\"é\"}", 7)));

        assertThat(returned(again)).isEmpty();
        assertThat(starter.requests()).hasSize(2);
        assertThat(starter.requests().get(1).payload())
                .isEqualTo(starter.requests().get(0).payload());
        assertThat(starter.requests().get(0).payload())
                .isEqualTo(json("{'attributes':{'tenant':'acme','weight':'12.50'},'body':{'a':'é','b':1},'id':'m-1',"
                        + "'place':'" + QUEUE + "','source':'sqs'}"));
    }

    @Test
    void only_what_is_to_come_again_is_returned_and_each_id_once() {
        starter.startFaults((name, call) -> name.equals(name("m-2")) ? Fault.FORBIDDEN : Fault.NONE);

        JsonNode answer = invoke(
                ORDERS,
                event(message("m-1", "1", 1), message("m-2", "2", 1), message("m-2", "2", 1), message("m-3", "x", 1)));

        assertThat(returned(answer)).containsExactly("m-2", "m-3");
    }

    @Test
    void a_message_received_once_is_new_and_one_received_before_is_judged() {
        invoke(ORDERS, event(message("m-1", "1", 1)));
        assertThat(starter.questions()).isZero();
        starter.stands(name("m-1"), Standing.State.FAILED);

        JsonNode answer = invoke(ORDERS.on(Outcome.ENDED_BADLY, Treatment.RETURN), event(message("m-1", "1", 2)));

        assertThat(starter.questions()).isOne();
        assertThat(returned(answer)).containsExactly("m-1");
    }

    @Test
    void a_message_moved_back_from_a_dead_letter_queue_is_judged_though_it_is_received_for_the_first_time() {
        String moved = message("m-1", "1", 1)
                .replace("\"SentTimestamp\"", "\"DeadLetterQueueSourceArn\":\"" + QUEUE + "\",\"SentTimestamp\"");

        invoke(ORDERS, event(moved));

        assertThat(starter.questions()).isOne();
    }

    @Test
    void of_a_count_that_is_none_nothing_is_concluded() {
        invoke(ORDERS, event(message("m-1", "1", 1).replace("Count\":\"1\"", "Count\":\"often\"")));

        assertThat(starter.questions()).isZero();
        assertThat(starter.payloads()).hasSize(1);
    }

    @Test
    void a_fifo_message_that_is_returned_holds_back_its_group_and_no_other() {
        starter.startFaults(
                (name, call) -> starter.requests().get(call - 1).payload().equals("2") ? Fault.LOST : Fault.NONE);

        JsonNode answer = invoke(
                ORDERS,
                event(
                        fifo("m-1", "a", "1"),
                        fifo("m-2", "a", "2"),
                        fifo("m-3", "b", "3"),
                        fifo("m-4", "a", "4"),
                        fifo("m-5", "b", "5")));

        assertThat(returned(answer)).containsExactly("m-2", "m-4");
        assertThat(starter.payloads().values()).containsExactlyInAnyOrder("1", "3", "5");
    }

    @Test
    void fifo_messages_without_a_group_are_one_group() {
        starter.startFaults((name, call) -> Fault.LOST);

        JsonNode answer = invoke(ORDERS, event(fifo("m-1", "", "1"), fifo("m-2", "", "2")));

        assertThat(returned(answer)).containsExactly("m-1", "m-2");
        assertThat(starter.requests()).hasSize(1);
    }

    @Test
    void a_message_group_of_a_standard_queue_holds_nothing_back() {
        starter.startFaults(
                (name, call) -> starter.requests().get(call - 1).payload().equals("1") ? Fault.LOST : Fault.NONE);
        String standard = ".fifo";

        JsonNode answer = invoke(
                ORDERS,
                event(
                        fifo("m-1", "a", "1").replace(standard, ""),
                        fifo("m-2", "a", "2").replace(standard, "")));

        assertThat(returned(answer)).containsExactly("m-1");
    }

    @Test
    void the_group_of_a_fifo_message_is_an_attribute() {
        invoke(ORDERS.key("@messageGroupId"), event(fifo("m-1", "order-4711", "1")));

        assertThat(starter.payloads()).containsOnlyKeys("orders--order-4711");
    }

    @Test
    void what_cannot_be_read_is_returned_alone() {
        String noBody = "{\"messageId\":\"m-1\",\"eventSource\":\"aws:sqs\",\"eventSourceARN\":\"" + QUEUE + "\"}";
        String nested = message("m-2", "[".repeat(100_000), 1);
        String other = message("m-3", "1", 1).replace("aws:sqs\"", "aws:kinesis\"");
        String unknown = message("m-4", "1", 1).replace("aws:sqs\"", "aws:mq\"");
        String number = message("m-5", "1", 1).replace("\"body\":\"1\"", "\"body\":1");

        JsonNode answer = invoke(ORDERS, event(noBody, nested, other, unknown, number, message("m-6", "1", 1)));

        assertThat(returned(answer)).containsExactly("m-1", "m-2", "m-3", "m-4", "m-5");
        assertThat(starter.payloads()).containsOnlyKeys(name("m-6"));
    }

    @Test
    void what_cannot_be_read_and_has_no_id_fails_the_batch_when_all_others_are_decided() {
        for (String record :
                List.of("null", "1", "\"text\"", "[]", "{}", "{\"messageId\":7}", "{\"messageId\":\"\"}")) {
            MemoryStarter fresh = new MemoryStarter();
            try (SqsDispatcher handler = new SqsDispatcher(ORDERS, fresh, Handling.STANDARD.withoutMetrics())) {
                assertThatThrownBy(() -> Invocation.of(handler, event(record, message("m-1", "1", 1))))
                        .isInstanceOf(BatchNotAcknowledged.class)
                        .hasMessageContaining("1 of 2 records are to be delivered again, {POISON=1}")
                        .hasMessageContaining("no identifier");
            }
            assertThat(fresh.payloads()).hasSize(1);
        }
    }

    @Test
    void what_cannot_be_read_and_has_no_id_is_no_trouble_when_it_is_acknowledged() {
        JsonNode answer =
                invoke(ORDERS.on(Outcome.POISON, Treatment.ACKNOWLEDGE), event("null", message("m-1", "1", 1)));

        assertThat(returned(answer)).isEmpty();
    }

    @Test
    void ten_thousand_messages_are_one_batch() {
        String[] messages = IntStream.range(0, 10_000)
                .mapToObj(number -> message("m-" + number, "{\"n\":" + number + "}", 1))
                .toArray(String[]::new);

        assertThat(returned(invoke(ORDERS, event(messages)))).isEmpty();
        assertThat(starter.payloads()).hasSize(10_000);
    }

    @Test
    void a_body_of_a_megabyte_is_a_payload() {
        invoke(ORDERS.body(BodyForm.TEXT), event(message("m-1", "x".repeat(1_000_000), 1)));

        assertThat(starter.payloads().get(name("m-1"))).hasSize(1_000_002);
    }

    @Test
    void an_empty_batch_is_answered() {
        assertThat(invoke(ORDERS, event()).toString()).isEqualTo("{\"batchItemFailures\":[]}");
    }

    @Test
    void producers_that_send_twice_start_one_execution_by_business_key() {
        JsonNode answer = invoke(
                ORDERS.key("/id"), event(message("m-1", "{\"id\":\"A1\"}", 1), message("m-2", "{\"id\":\"A1\"}", 1)));

        assertThat(returned(answer)).isEmpty();
        assertThat(starter.payloads()).containsOnlyKeys("orders--A1");
        assertThat(starter.requests().stream().map(request -> request.payload()).collect(Collectors.toSet()))
                .hasSize(1);
    }
}
