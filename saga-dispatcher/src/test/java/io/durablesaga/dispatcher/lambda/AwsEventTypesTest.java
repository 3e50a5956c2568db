package io.durablesaga.dispatcher.lambda;

import static io.durablesaga.dispatcher.lambda.Events.base64;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.KafkaEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.MemoryStarter;
import io.durablesaga.dispatcher.MemoryStarter.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import org.junit.jupiter.api.Test;

/**
 * The events of these tests are events to AWS's own types, too: what those read and write again starts the same executions, and what a
 * handler answers is an answer to them.
 */
class AwsEventTypesTest {
    private static final Dispatch ORDERS = Dispatch.into("orders").tries(1);
    private static final Handling QUIET = Handling.STANDARD.withoutMetrics();

    private final MemoryStarter starter = new MemoryStarter();

    private <E> E read(Class<E> type, String event) {
        return LambdaEventSerializers.serializerFor(type, ClassLoader.getSystemClassLoader())
                .fromJson(new ByteArrayInputStream(event.getBytes(UTF_8)));
    }

    private <E> String rewritten(Class<E> type, String event) {
        PojoSerializer<E> serializer = LambdaEventSerializers.serializerFor(type, ClassLoader.getSystemClassLoader());
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        serializer.toJson(read(type, event), written);
        return written.toString(UTF_8);
    }

    private Collection<String> same(RequestStreamHandler handler, Class<?> type, String event) {
        Invocation.of(handler, event);
        Invocation.of(handler, rewritten(type, event));
        assertThat(starter.requests()).hasSize(2);
        assertThat(starter.requests().get(1).name())
                .isEqualTo(starter.requests().get(0).name());
        return starter.payloads().values();
    }

    @Test
    void an_SQS_event() {
        String event = Events.records(Invocation.json("{'messageId':'m-1','receiptHandle':'r','body':'{}','attributes':"
                + "{'ApproximateReceiveCount':'1','SentTimestamp':'1545082649183','SenderId':'AIDA',"
                + "'ApproximateFirstReceiveTimestamp':'1545082649185'},'messageAttributes':{'tenant':{'stringValue':'acme',"
                + "'stringListValues':[],'binaryListValues':[],'dataType':'String'}},'md5OfBody':'e4e6','eventSource':'aws:sqs',"
                + "'eventSourceARN':'arn:aws:sqs:eu-west-1:123456789012:orders','awsRegion':'eu-west-1'}"));
        try (SqsDispatcher handler = new SqsDispatcher(ORDERS.envelope(true), starter, QUIET)) {
            assertThat(read(SQSEvent.class, event).getRecords().get(0).getMessageId())
                    .isEqualTo("m-1");
            assertThat(same(handler, SQSEvent.class, event))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("acme");
        }
    }

    @Test
    void a_Kinesis_event() {
        String event = Events.records(Events.kinesis("shardId-1", "k", "5", base64("{}")));
        try (KinesisDispatcher handler = new KinesisDispatcher(ORDERS.envelope(true), starter, QUIET)) {
            assertThat(same(handler, KinesisEvent.class, event)).hasSize(1);
        }
    }

    @Test
    void a_DynamoDB_event() {
        String event = Events.records(Events.dynamoDb("5", "{'Id':{'N':'1'}}", "{'Id':{'N':'1'},'B':{'B':'AAEC'}}"));
        try (DynamoDbStreamDispatcher handler = new DynamoDbStreamDispatcher(ORDERS, starter, QUIET)) {
            assertThat(same(handler, DynamodbEvent.class, event))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("\"newImage\":{\"B\":\"AAEC\",\"Id\":1}");
        }
    }

    @Test
    void a_Kafka_event() {
        String event =
                Events.kafka("orders-0", Events.kafkaRecord(15, "'" + base64("k") + "'", "'" + base64("{}") + "'"));
        assertThat(read(KafkaEvent.class, event)
                        .getRecords()
                        .get("orders-0")
                        .get(0)
                        .getOffset())
                .isEqualTo(15);
        try (KafkaDispatcher handler = new KafkaDispatcher(ORDERS, starter, QUIET)) {
            assertThat(same(handler, KafkaEvent.class, event)).hasSize(1);
        }
    }

    @Test
    void an_EventBridge_event() {
        try (EventBridgeDispatcher handler = new EventBridgeDispatcher(ORDERS, starter, QUIET)) {
            assertThat(same(handler, ScheduledEvent.class, Events.eventBridge("{\"a\":1}")))
                    .containsExactly("{\"a\":1}");
        }
    }

    @Test
    void an_SNS_event() {
        String event = Events.records(Events.sns("m-1", "\"{}\""));
        try (SnsDispatcher handler = new SnsDispatcher(ORDERS.envelope(true), starter, QUIET)) {
            assertThat(same(handler, SNSEvent.class, event))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("acme");
        }
    }

    @Test
    void an_S3_event() {
        String event = Events.records(Events.s3("a.jpg"));
        try (S3Dispatcher handler = new S3Dispatcher(ORDERS, starter, QUIET)) {
            Invocation.of(handler, event);
        }
        assertThat(read(S3Event.class, event)
                        .getRecords()
                        .get(0)
                        .getS3()
                        .getObject()
                        .getKey())
                .isEqualTo("a.jpg");
        assertThat(starter.payloads()).hasSize(1);
    }

    @Test
    void what_is_returned_reads_as_the_response_types() throws Exception {
        starter.startFaults((name, call) -> Fault.LOST);
        ObjectMapper mapper = new ObjectMapper();
        try (KinesisDispatcher handler = new KinesisDispatcher(ORDERS, starter, QUIET)) {
            String answer = Invocation.of(handler, Events.records(Events.kinesis("shardId-1", "k", "5", base64("1"))))
                    .toString();
            assertThat(mapper.readValue(answer, StreamsEventResponse.class)
                            .getBatchItemFailures()
                            .get(0)
                            .getItemIdentifier())
                    .isEqualTo("5");
            assertThat(mapper.readValue(answer, SQSBatchResponse.class)
                            .getBatchItemFailures()
                            .get(0)
                            .getItemIdentifier())
                    .isEqualTo("5");
        }
    }
}
