package io.durablesaga.dispatcher.lambda;

import static io.durablesaga.dispatcher.lambda.Events.base64;
import static io.durablesaga.dispatcher.lambda.Events.dynamoDb;
import static io.durablesaga.dispatcher.lambda.Events.kinesis;
import static io.durablesaga.dispatcher.lambda.Events.records;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Kinesis data streams and DynamoDB streams, which have shards and sequence numbers. */
class StreamDispatchersTest {
    private static final String SHARD = "shardId-000000000006";
    private static final String HIGH = "49545115243490985018280067714973144582180062593244200961";
    private static final Dispatch ORDERS = Dispatch.into("orders").tries(1);

    private final MemoryStarter starter = new MemoryStarter();

    private JsonNode kinesisInvoked(Dispatch dispatch, String event) {
        try (KinesisDispatcher handler = new KinesisDispatcher(dispatch, starter, Handling.STANDARD.withoutMetrics())) {
            return Invocation.of(handler, event);
        }
    }

    private JsonNode dynamoDbInvoked(Dispatch dispatch, String event) {
        try (DynamoDbStreamDispatcher handler =
                new DynamoDbStreamDispatcher(dispatch, starter, Handling.STANDARD.withoutMetrics())) {
            return Invocation.of(handler, event);
        }
    }

    private void failing(String payload) {
        starter.startFaults(
                (name, call) -> starter.requests().get(call - 1).payload().equals(payload) ? Fault.LOST : Fault.NONE);
    }

    @Test
    void a_kinesis_record_starts_one_execution_named_by_stream_shard_and_sequence_number() {
        JsonNode answer =
                kinesisInvoked(ORDERS.envelope(true), records(kinesis(SHARD, "k-1", HIGH, base64("{\"a\":1}"))));

        assertThat(answer.toString()).isEqualTo("{\"batchItemFailures\":[]}");
        String id = SHARD + ":" + HIGH;
        assertThat(starter.payloads())
                .containsOnly(Map.entry(
                        Names.of("orders").ofOrigin(new Origin("kinesis", Events.STREAM, id)),
                        json("{'attributes':{'partitionKey':'k-1'},'body':{'a':1},'id':'" + id + "','place':'"
                                + Events.STREAM + "','source':'kinesis'}")));
    }

    @Test
    void the_lowest_sequence_number_that_is_returned_is_the_checkpoint() {
        failing("2");

        JsonNode answer = kinesisInvoked(
                ORDERS,
                records(
                        kinesis(SHARD, "a", "9", base64("1")),
                        kinesis(SHARD, "b", "10", base64("2")),
                        kinesis(SHARD, "a", "11", base64("3")),
                        kinesis(SHARD, "b", "100", base64("4"))));

        assertThat(returned(answer)).containsExactly("10");
    }

    @Test
    void shards_that_come_together_have_a_checkpoint_each() {
        starter.startFaults((name, call) -> Fault.LOST);

        JsonNode answer = kinesisInvoked(
                ORDERS,
                records(
                        kinesis("shardId-1", "a", "20", base64("1")),
                        kinesis("shardId-2", "a", "7", base64("2")),
                        kinesis("shardId-1", "a", "9", base64("3"))));

        assertThat(returned(answer)).containsExactly("9", "7");
    }

    @Test
    void data_that_is_no_Base64_or_aggregated_is_poison_and_says_so() {
        Sent queue = new Sent();
        Dispatch lettered = ORDERS.deadLetters(SqsDeadLetters.to(queue, Sent.QUEUE));
        byte[] aggregated = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2, 10, 1};

        JsonNode answer = kinesisInvoked(
                lettered,
                records(
                        kinesis(SHARD, "a", "1", "%%%"),
                        kinesis(SHARD, "b", "2", Base64.getEncoder().encodeToString(aggregated)),
                        kinesis(SHARD, "c", "3", base64("1")).replace("\"data\"", "\"date\""),
                        kinesis(SHARD, "d", "4", base64("4"))));

        assertThat(returned(answer)).isEmpty();
        assertThat(starter.payloads().values()).containsExactly("4");
        assertThat(queue.messages().stream()
                        .map(message -> message.messageAttributes()
                                .get(Letter.ATTRIBUTE)
                                .stringValue())
                        .sorted())
                .satisfiesExactlyInAnyOrder(
                        letter -> assertThat(letter)
                                .contains("no data that is Base64")
                                .contains(SHARD + ":1\""),
                        letter -> assertThat(letter)
                                .contains("Kinesis Producer Library")
                                .contains(SHARD + ":2\""),
                        letter -> assertThat(letter)
                                .contains("no data that is Base64")
                                .contains(SHARD + ":3\""));
        // what it was is in the letter's body, so that nothing is lost with it
        assertThat(queue.messages())
                .allSatisfy(letter -> assertThat(letter.messageBody()).contains("\"sequenceNumber\""));
    }

    @Test
    void bytes_that_are_no_text_are_a_payload_as_bytes() {
        kinesisInvoked(ORDERS.body(BodyForm.BYTES), records(kinesis(SHARD, "k", "1", "//79")));

        assertThat(starter.payloads().values()).containsExactly("\"//79\"");
    }

    @Test
    void records_without_what_they_need_are_poison_and_returned_by_their_number() {
        String noEventId = kinesis(SHARD, "k", "5", base64("1")).replace("\"eventID\"", "\"id\"");

        assertThat(returned(kinesisInvoked(ORDERS, records(noEventId)))).containsExactly("5");
        assertThat(returned(kinesisInvoked(ORDERS.key("/id"), records(kinesis(SHARD, "k", "6", base64("{}"))))))
                .containsExactly("6");
    }

    @Test
    void a_record_without_a_number_that_is_returned_fails_the_batch() {
        String event = records(kinesis(SHARD, "k", "1", base64("1"))
                .replace("\"sequenceNumber\"", "\"number\"")
                .replace("eventID", "id"));

        assertThatThrownBy(() -> kinesisInvoked(ORDERS, event)).isInstanceOf(BatchNotAcknowledged.class);
        assertThatThrownBy(() -> dynamoDbInvoked(ORDERS, records("null"))).isInstanceOf(BatchNotAcknowledged.class);
    }

    @Test
    void ten_thousand_records_are_one_batch() {
        String[] all = IntStream.range(0, 10_000)
                .mapToObj(number -> kinesis(SHARD, "k-" + number % 500, "" + (number + 1), base64("" + number)))
                .toArray(String[]::new);

        assertThat(returned(kinesisInvoked(ORDERS, records(all)))).isEmpty();
        assertThat(starter.payloads()).hasSize(10_000);
    }

    @Test
    void a_change_of_an_item_is_plain_JSON() {
        String image = """
                {'Id':{'N':'101'},'Total':{'N':'12.50'},'Huge':{'N':'99999999999999999999999999999999999999'},'Tiny':{'N':'1E-130'},
                 'Round':{'N':'1.2E+3'},'Name':{'S':'é'},'Photo':{'B':'AAEC'},'Paid':{'BOOL':true},'Gone':{'NULL':true},
                 'Lines':{'L':[{'M':{'sku':{'S':'x'}}},{'N':'2'}]},'Tags':{'SS':['b','a']},'Sizes':{'NS':['10','9.5']},
                 'Blobs':{'BS':['Qg==','QQ==']}}
                """;

        dynamoDbInvoked(ORDERS, records(dynamoDb("111", "{'Id':{'N':'101'}}", image)));

        assertThat(starter.payloads().values())
                .containsExactly(
                        json("{'change':'MODIFY','keys':{'Id':101},'newImage':{'Blobs':['QQ==','Qg=='],'Gone':null,"
                                + "'Huge':99999999999999999999999999999999999999,'Id':101,'Lines':[{'sku':'x'},2],'Name':'é',"
                                + "'Paid':true,'Photo':'AAEC','Round':1200,'Sizes':[9.5,10],'Tags':['a','b'],'Tiny':1E-130,"
                                + "'Total':12.50}}"));
    }

    @Test
    void a_change_is_named_by_stream_event_and_sequence_number_and_can_be_named_by_its_key() {
        dynamoDbInvoked(ORDERS, records(dynamoDb("111", "{'Id':{'N':'101'}}", "{}")));
        dynamoDbInvoked(ORDERS.key("/keys/Id"), records(dynamoDb("111", "{'Id':{'N':'101'}}", "{}")));
        dynamoDbInvoked(ORDERS.key("@table"), records(dynamoDb("111", "{'Id':{'N':'101'}}", "{}")));

        assertThat(starter.payloads())
                .containsOnlyKeys(
                        Names.of("orders")
                                .ofOrigin(new Origin(
                                        "dynamodb", Events.TABLE_STREAM, "c4ca4238a0b923820dcc509a6f75849b:111")),
                        "orders--101",
                        "orders--Orders");
    }

    @Test
    void changes_of_one_item_are_started_in_their_order_and_from_the_first_that_is_returned_all_come_again() {
        failing("{\"change\":\"MODIFY\",\"keys\":{\"Id\":1},\"newImage\":{\"V\":2}}");

        JsonNode answer = dynamoDbInvoked(
                ORDERS,
                records(
                        dynamoDb("9", "{'Id':{'N':'1'}}", "{'V':{'N':'1'}}"),
                        dynamoDb("10", "{'Id':{'N':'1'}}", "{'V':{'N':'2'}}"),
                        dynamoDb("11", "{'Id':{'N':'1'}}", "{'V':{'N':'3'}}")));

        assertThat(returned(answer)).containsExactly("10");
        assertThat(starter.requests()).hasSize(2);
    }

    @Test
    void an_item_whose_attributes_have_names_of_one_hash_fails_no_batch() {
        // Jackson's hash of long names adds up four bytes each, so that their order does not count
        String image = IntStream.range(0, 1 << 14)
                .filter(number -> Integer.bitCount(number) == 7)
                .mapToObj(number -> IntStream.range(0, 14)
                        .mapToObj(bit -> (number >> bit & 1) == 0 ? "AAAA" : "BBBB")
                        .collect(Collectors.joining("", "'12345678", "':{'NULL':true}")))
                .collect(Collectors.joining(",", "{", "}"));

        JsonNode answer = dynamoDbInvoked(
                ORDERS.key("/keys/Id"),
                records(dynamoDb("111", "{'Id':{'N':'1'}}", "{}"), dynamoDb("112", "{'Id':{'N':'2'}}", image)));

        assertThat(returned(answer)).isEmpty();
        assertThat(starter.payloads()).containsOnlyKeys("orders--1", "orders--2");
    }

    @Test
    void items_that_are_none_are_poison() {
        for (String value : List.of(
                "{'N':'1e'}",
                "{'N':'1E999999999'}",
                "{'N':'" + "9".repeat(100_000) + "'}",
                "{'N':1}",
                "{'S':1}",
                "{'BOOL':'true'}",
                "{'L':{}}",
                "{'M':[]}",
                "{'SS':'a'}",
                "{'NS':['a']}",
                "{'X':1}",
                "{}",
                "1",
                "null",
                "{'S':'a','N':'1'}",
                "{'L':[".repeat(50_000) + "]}".repeat(50_000))) {
            JsonNode answer =
                    dynamoDbInvoked(ORDERS, records(dynamoDb("111", "{'Id':{'N':'1'}}", "{'V':" + value + "}")));

            assertThat(returned(answer))
                    .as(value.substring(0, Math.min(30, value.length())))
                    .containsExactly("111");
        }
        assertThat(returned(dynamoDbInvoked(ORDERS, records(dynamoDb("112", "[]", "{}")))))
                .containsExactly("112");
        assertThat(starter.requests()).isEmpty();
    }
}
