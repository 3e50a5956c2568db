package io.durablesaga.dispatcher.lambda;

import static io.durablesaga.dispatcher.lambda.Events.eventBridge;
import static io.durablesaga.dispatcher.lambda.Events.records;
import static io.durablesaga.dispatcher.lambda.Events.s3;
import static io.durablesaga.dispatcher.lambda.Events.sns;
import static io.durablesaga.dispatcher.lambda.Invocation.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.MemoryStarter;
import io.durablesaga.dispatcher.MemoryStarter.Fault;
import io.durablesaga.dispatcher.Names;
import io.durablesaga.dispatcher.Origin;
import io.durablesaga.dispatcher.Outcome;
import io.durablesaga.dispatcher.Treatment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** EventBridge, Scheduler, SNS and S3, which invoke the function themselves and take no list of what is to come again. */
class DirectDispatchersTest {
    private static final Dispatch ORDERS = Dispatch.into("orders").tries(1);
    private static final Names NAMES = Names.of("orders");
    private static final Origin ORDER_PLACED =
            new Origin("eventbridge", "123456789012:eu-west-1:shop.orders", "cdc73f9d-aea9-11e3-9d5a-835b769c0d9c");

    private final MemoryStarter starter = new MemoryStarter();
    private final Sent queue = new Sent();

    private JsonNode bridged(Dispatch dispatch, String event) {
        try (EventBridgeDispatcher handler =
                new EventBridgeDispatcher(dispatch, starter, Handling.STANDARD.withoutMetrics())) {
            return Invocation.of(handler, event);
        }
    }

    private JsonNode notified(Dispatch dispatch, String event) {
        try (SnsDispatcher handler = new SnsDispatcher(dispatch, starter, Handling.STANDARD.withoutMetrics())) {
            return Invocation.of(handler, event);
        }
    }

    private JsonNode changed(Dispatch dispatch, String event) {
        try (S3Dispatcher handler = new S3Dispatcher(dispatch, starter, Handling.STANDARD.withoutMetrics())) {
            return Invocation.of(handler, event);
        }
    }

    private Dispatch lettered() {
        return ORDERS.deadLetters(SqsDeadLetters.to(queue, Sent.QUEUE));
    }

    @Test
    void an_event_starts_one_execution_on_its_detail_named_by_its_id() {
        JsonNode answer = bridged(ORDERS.envelope(true), eventBridge("{\"b\":1,\"a\":1}"));

        assertThat(answer.toString()).isEqualTo("{\"records\":1}");
        assertThat(starter.payloads())
                .containsOnly(Map.entry(
                        NAMES.ofOrigin(ORDER_PLACED),
                        json(
                                "{'attributes':{'detail-type':'Order Placed','source':'shop.orders','time':'2026-01-01T00:00:00Z'},"
                                        + "'body':{'a':1,'b':1},'id':'" + ORDER_PLACED.id() + "','place':'"
                                        + ORDER_PLACED.place()
                                        + "','source':'eventbridge'}")));
    }

    @Test
    void what_Scheduler_sends_is_the_body_and_needs_a_business_key() {
        bridged(ORDERS.key("/order"), "{\"order\":4711}");
        assertThat(starter.payloads()).containsOnly(Map.entry("orders--4711", "{\"order\":4711}"));

        for (String input : List.of("{\"order\":4711}", "[1]", "\"text\"", "7", "true", "{\"detail\":{}}")) {
            bridged(lettered(), input);
        }
        assertThat(queue.messages())
                .hasSize(6)
                .allSatisfy(letter -> assertThat(
                                letter.messageAttributes().get(Letter.ATTRIBUTE).stringValue())
                        .contains("its source gives it no id, and no business key is taken from it"));
        assertThat(starter.requests()).hasSize(1);
    }

    @Test
    void an_event_without_an_id_needs_a_business_key_too() {
        String event = eventBridge("{}").replace("\"id\"", "\"no-id\"");

        assertThatThrownBy(() -> bridged(ORDERS, event)).isInstanceOf(BatchNotAcknowledged.class);
        bridged(ORDERS.key("@detail-type"), event);

        assertThat(starter.payloads()).hasSize(1);
    }

    @Test
    void an_event_nested_deeper_than_any_parser_likes_is_one_dead_letter_with_all_it_says() {
        String deep = "[".repeat(120_000) + "]".repeat(120_000);

        bridged(lettered(), eventBridge("{\"deep\":" + deep + "}"));

        assertThat(starter.requests()).isEmpty();
        assertThat(queue.only().messageAttributes().get(Letter.ATTRIBUTE).stringValue())
                .contains("nested deeper");
        assertThat(queue.only().messageBody().equals("{\"deep\":" + deep + "}")).isTrue();
    }

    @Test
    void numbers_and_names_longer_than_any_parser_likes_are_a_payload() {
        String number = "9".repeat(100_000);
        String name = "n".repeat(100_000);

        bridged(ORDERS, eventBridge("{\"" + name + "\":" + number + ".10}"));

        assertThat(starter.payloads()).containsOnlyKeys(NAMES.ofOrigin(ORDER_PLACED));
        assertThat(starter.payloads().values()).containsExactly("{\"" + name + "\":" + number + ".10}");
    }

    @Test
    void what_is_to_be_tried_again_fails_the_invocation_and_says_of_it_no_word() {
        for (Fault fault : List.of(Fault.LOST, Fault.THROTTLED, Fault.FORBIDDEN, Fault.THROWN)) {
            starter.startFaults((name, call) -> fault);
            assertThatThrownBy(() -> bridged(ORDERS, eventBridge("{\"secret\":\"s3cr3t\"}")))
                    .isInstanceOf(BatchNotAcknowledged.class)
                    .hasMessageContaining("1 of 1 records are to be delivered again")
                    .hasMessageContaining("on-failure destination")
                    .hasMessageNotContaining("s3cr3t");
        }
    }

    @Test
    void what_dead_letters_do_not_take_fails_the_invocation() {
        queue.goAway();

        assertThatThrownBy(() -> notified(lettered(), records(sns("m-1", "\"no JSON\""))))
                .isInstanceOf(BatchNotAcknowledged.class)
                .hasMessageContaining("POISON=1");
    }

    @Test
    void a_notification_starts_one_execution_on_its_message_named_by_its_id() {
        notified(ORDERS.envelope(true), records(sns("m-1", "\"{\\\"a\\\":1}\"")));

        assertThat(starter.payloads())
                .containsOnly(Map.entry(
                        NAMES.ofOrigin(new Origin("sns", Events.TOPIC, "m-1")),
                        json("{'attributes':{'subject':'An order','tenant':'acme'},'body':{'a':1},'id':'m-1','place':'"
                                + Events.TOPIC + "','source':'sns'}")));
    }

    @Test
    void of_several_notifications_those_that_can_be_started_are_before_the_invocation_fails() {
        String noMessage = sns("m-2", "7");

        assertThatThrownBy(() -> notified(ORDERS, records("null", noMessage, sns("m-1", "\"1\""))))
                .isInstanceOf(BatchNotAcknowledged.class)
                .hasMessageContaining("2 of 3");

        assertThat(starter.payloads().values()).containsExactly("1");
    }

    @Test
    void a_change_of_an_object_starts_one_execution_on_what_is_said_of_the_object() {
        changed(ORDERS.key("/s3/object/sequencer"), records(s3("Happy+Face%C3%A9.jpg")));
        changed(ORDERS, records(s3("Happy+Face%C3%A9.jpg")));

        Origin origin =
                new Origin("s3", "arn:aws:s3:::orders", "ObjectCreated:Put/0C0F6F405D6ED209E1//Happy+Face%C3%A9.jpg");
        assertThat(starter.payloads()).containsOnlyKeys("orders--0C0F6F405D6ED209E1", NAMES.ofOrigin(origin));
        assertThat(starter.payloads().get(NAMES.ofOrigin(origin)))
                .isEqualTo(json("{'awsRegion':'eu-west-1','eventName':'ObjectCreated:Put','eventSource':'aws:s3',"
                        + "'eventTime':'2026-01-01T00:00:00.000Z','eventVersion':'2.1','s3':{'bucket':{'arn':"
                        + "'arn:aws:s3:::orders','name':'orders','ownerIdentity':{'principalId':'A3I5XTEXAMAI3E'}},"
                        + "'object':{'eTag':'b21b84d653bb07b05b1e6b33684dc11b','key':'Happy+Face%C3%A9.jpg',"
                        + "'sequencer':'0C0F6F405D6ED209E1','size':1305107},'s3SchemaVersion':'1.0'}}"));
    }

    @Test
    void two_changes_of_one_object_are_two_executions_and_one_told_twice_is_one() {
        String first = s3("a.jpg");
        changed(ORDERS, records(first, first, first.replace("0C0F6F405D6ED209E1", "0C0F6F405D6ED209E2")));
        changed(ORDERS, records(first.replace("D82B88E5F771F645", "OTHER").replace("828aa6fc", "other")));

        assertThat(starter.payloads()).hasSize(2);
    }

    @Test
    void a_change_without_a_sequencer_is_known_by_its_time() {
        String change = s3("a.jpg").replace("sequencer", "no-sequencer");
        changed(ORDERS, records(change, change.replace("00:00:00.000Z", "00:00:00.001Z"), change));

        assertThat(starter.payloads()).hasSize(2);
    }

    @Test
    void what_says_nothing_of_an_object_is_poison() {
        changed(lettered().on(Outcome.POISON, Treatment.DEAD_LETTER), records("null", "{}", "{\"s3\":1}", s3("")));

        assertThat(queue.messages()).hasSize(4);
        assertThat(starter.requests()).isEmpty();
    }

    @Test
    void no_records_are_fine() {
        assertThat(notified(ORDERS, records()).toString()).isEqualTo("{\"records\":0}");
        assertThat(changed(ORDERS, records()).toString()).isEqualTo("{\"records\":0}");
    }
}
