package io.durablesaga.dispatcher.lambda;

import static io.durablesaga.dispatcher.lambda.Events.base64;
import static io.durablesaga.dispatcher.lambda.Events.kafka;
import static io.durablesaga.dispatcher.lambda.Events.kafkaRecord;
import static io.durablesaga.dispatcher.lambda.Invocation.json;
import static io.durablesaga.dispatcher.lambda.Invocation.returned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.MemoryStarter;
import io.durablesaga.dispatcher.MemoryStarter.Fault;
import io.durablesaga.dispatcher.Names;
import io.durablesaga.dispatcher.Origin;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KafkaDispatcherTest {
    private static final Dispatch ORDERS = Dispatch.into("orders").tries(1);
    private static final String KEY = "'" + base64("order-4711") + "'";

    private final MemoryStarter starter = new MemoryStarter();

    private JsonNode invoke(Dispatch dispatch, String event) {
        try (KafkaDispatcher handler = new KafkaDispatcher(dispatch, starter, Handling.STANDARD.withoutMetrics())) {
            return Invocation.of(handler, event);
        }
    }

    private static String record(long offset, String body) {
        return kafkaRecord(offset, KEY, "'" + base64(body) + "'");
    }

    @Test
    void a_record_starts_one_execution_named_by_cluster_partition_and_offset() {
        JsonNode answer = invoke(ORDERS.envelope(true), kafka("orders-0", record(15, "{\"a\":1}")));

        assertThat(answer.toString()).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(starter.payloads())
                .containsOnly(Map.entry(
                        Names.of("orders").ofOrigin(new Origin("kafka", Events.CLUSTER + "/orders-0", "15")),
                        json("{'attributes':{'key':'order-4711','tenant':'acme','trace':'é'},'body':{'a':1},'id':'15',"
                                + "'place':'" + Events.CLUSTER + "/orders-0','source':'kafka'}")));
    }

    @Test
    void a_cluster_without_an_ARN_is_known_by_its_servers_in_whatever_order() {
        String event =
                json("{'eventSource':'SelfManagedKafka','bootstrapServers':'b:9092, a:9092','records':{'orders-0':[")
                        + record(15, "1") + "]}}";
        invoke(ORDERS, event);
        invoke(ORDERS, event.replace("b:9092, a:9092", "a:9092,b:9092"));

        assertThat(starter.payloads())
                .containsOnlyKeys(Names.of("orders").ofOrigin(new Origin("kafka", "a:9092,b:9092/orders-0", "15")));
    }

    @Test
    void the_lowest_offset_of_each_partition_is_returned_as_the_event_source_wants_it() {
        starter.startFaults((name, call) -> {
            String payload = starter.requests().get(call - 1).payload();
            return payload.equals("2") || payload.equals("4") ? Fault.LOST : Fault.NONE;
        });
        String event = kafka("orders-0", record(8, "1"), record(9, "2"), record(10, "3"))
                .replace(
                        "\"records\":{",
                        "\"records\":{\"orders-1\":[" + record(42, "4") + "],\"returns-0\":[" + record(1, "5") + "],");

        JsonNode answer = invoke(ORDERS, event);

        assertThat(answer.toString())
                .isEqualTo(json("{'batchItemFailures':[{'itemIdentifier':{'partition':'orders-1','offset':42}},"
                        + "{'itemIdentifier':{'partition':'orders-0','offset':9}}]}"));
    }

    @Test
    void what_cannot_be_read_is_poison_and_returned_by_its_offset() {
        List<String> values = List.of("null", "'%%%'", "1", "{}");
        for (String value : values) {
            assertThat(returned(invoke(ORDERS, kafka("orders-0", kafkaRecord(3, KEY, value)))))
                    .containsExactly("orders-0@3");
        }
        String noValue = kafkaRecord(3, KEY, "1").replace("\"value\"", "\"values\"");
        assertThat(returned(invoke(ORDERS, kafka("orders-0", noValue)))).containsExactly("orders-0@3");
    }

    @Test
    void a_tombstone_says_that_it_is_one() {
        Sent queue = new Sent();
        invoke(
                ORDERS.deadLetters(SqsDeadLetters.to(queue, Sent.QUEUE)),
                kafka("orders-0", kafkaRecord(3, KEY, "null")));

        assertThat(queue.only().messageAttributes().get(Letter.ATTRIBUTE).stringValue())
                .contains("tombstone");
    }

    @Test
    void a_record_without_an_offset_that_is_returned_fails_the_batch() {
        for (String record : List.of(
                "null",
                "{}",
                "[]",
                "7",
                record(0, "x").replace(":0,", ":-1,"),
                record(3, "1").replace("\"offset\":3", "\"offset\":\"3\""),
                record(3, "1").replace("\"offset\":3", "\"offset\":3.5"))) {
            assertThatThrownBy(() -> invoke(ORDERS, kafka("orders-0", record)))
                    .isInstanceOf(BatchNotAcknowledged.class);
        }
        assertThatThrownBy(() -> invoke(ORDERS, json("{'eventSource':'aws:kafka','records':{'orders-0':null}}")))
                .isInstanceOf(BatchNotAcknowledged.class);
        assertThat(starter.requests()).isEmpty();
    }

    @Test
    void no_records_are_fine() {
        assertThat(returned(invoke(ORDERS, json("{'eventSource':'aws:kafka','records':{}}"))))
                .isEmpty();
        assertThat(returned(invoke(ORDERS, json("{'eventSource':'aws:kafka','records':{'orders-0':[]}}"))))
                .isEmpty();
    }

    @Test
    void a_record_can_be_named_by_its_key_or_by_the_last_header_of_a_name() {
        String twice = record(1, "1").replace("{\"tenant\"", "{\"tenant\":[120]},{\"tenant\"");
        invoke(ORDERS.key("@key"), kafka("orders-0", record(1, "1")));
        invoke(ORDERS.key("@tenant"), kafka("orders-0", twice));

        assertThat(starter.payloads()).containsOnlyKeys("orders--order-4711", "orders--acme");
    }

    @Test
    void a_header_called_key_does_not_pass_for_the_records_key() {
        String header = record(1, "1").replace("{\"tenant\"", "{\"key\"");
        String noKey = kafkaRecord(2, "null", "'MQ=='").replace("{\"tenant\"", "{\"key\"");

        invoke(ORDERS.key("@key"), kafka("orders-0", header));
        JsonNode answer = invoke(ORDERS.key("@key"), kafka("orders-0", noKey));

        assertThat(starter.payloads()).containsOnlyKeys("orders--order-4711");
        assertThat(returned(answer)).containsExactly("orders-0@2");
    }

    @Test
    void headers_that_are_none_are_left_out() {
        for (String headers :
                List.of("null", "{}", "[null]", "[{'a':null}]", "[{'a':[300]}]", "[{'a':['x']}]", "[[1]]")) {
            String record = json("{'offset':1,'value':'MQ==','headers':" + headers + "}");
            invoke(ORDERS.envelope(true), kafka("orders-0", record));
        }

        assertThat(starter.requests())
                .allSatisfy(request -> assertThat(request.payload()).contains("\"attributes\":{}"));
    }

    @Test
    void records_of_one_key_are_started_in_their_order() {
        String[] all = IntStream.range(0, 10_000)
                .mapToObj(number ->
                        kafkaRecord(number, "'" + base64("k" + number % 50) + "'", "'" + base64("" + number) + "'"))
                .toArray(String[]::new);

        assertThat(returned(invoke(ORDERS, kafka("orders-0", all)))).isEmpty();

        int[] last = new int[50];
        starter.requests().stream()
                .mapToInt(request -> Integer.parseInt(request.payload()))
                .forEach(number -> {
                    assertThat(number).isGreaterThanOrEqualTo(last[number % 50]);
                    last[number % 50] = number;
                });
        assertThat(starter.payloads()).hasSize(10_000);
    }
}
