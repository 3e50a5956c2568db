package io.durablesaga.dispatcher.report;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.lambda.DynamoDbStreamDispatcher;
import io.durablesaga.dispatcher.lambda.EventBridgeDispatcher;
import io.durablesaga.dispatcher.lambda.Handling;
import io.durablesaga.dispatcher.lambda.KafkaDispatcher;
import io.durablesaga.dispatcher.lambda.KinesisDispatcher;
import io.durablesaga.dispatcher.lambda.S3Dispatcher;
import io.durablesaga.dispatcher.lambda.SnsDispatcher;
import io.durablesaga.dispatcher.lambda.SqsDispatcher;
import io.durablesaga.dispatcher.poller.AsynchronousPoller;
import io.durablesaga.dispatcher.poller.DynamoDbPoller;
import io.durablesaga.dispatcher.poller.FifoPoller;
import io.durablesaga.dispatcher.poller.KafkaPoller;
import io.durablesaga.dispatcher.poller.KinesisPoller;
import io.durablesaga.dispatcher.poller.Ledger;
import io.durablesaga.dispatcher.poller.Poller;
import io.durablesaga.dispatcher.poller.Settings;
import io.durablesaga.dispatcher.poller.SqsPoller;
import io.durablesaga.start.SagaStarter;
import java.util.function.BiFunction;

/** Each source with its handler, as the report has them. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are constructors
enum PlayedSource {
    SQS("SQS", false, "/order", SqsPoller::new, handling(SqsDispatcher::new)),
    FIFO("SQS FIFO", true, "/order", FifoPoller::new, handling(SqsDispatcher::new)),
    KINESIS("Kinesis", true, "/order", KinesisPoller::new, handling(KinesisDispatcher::new)),
    DYNAMODB("DynamoDB Streams", true, "/newImage/order", DynamoDbPoller::new, handling(DynamoDbStreamDispatcher::new)),
    KAFKA("Kafka", true, "/order", KafkaPoller::new, handling(KafkaDispatcher::new)),
    EVENTBRIDGE("EventBridge", false, "/order", AsynchronousPoller::eventBridge, handling(EventBridgeDispatcher::new)),
    SNS("SNS", false, "/order", AsynchronousPoller::sns, handling(SnsDispatcher::new)),
    S3("S3", false, "/s3/object/key", AsynchronousPoller::s3, handling(S3Dispatcher::new));

    /** As many as are delivered in a minute or so: a source that invokes the function itself has one at a time here. */
    private static final int POLLED = 10_000;

    private static final int DIRECT = 1_000;

    private final String text;
    private final boolean ordered;
    private final String key;
    private final BiFunction<Settings, Ledger, Poller> poller;
    private final BiFunction<Dispatch, SagaStarter, ? extends RequestStreamHandler> handler;

    PlayedSource(
            String text,
            boolean ordered,
            String key,
            BiFunction<Settings, Ledger, Poller> poller,
            BiFunction<Dispatch, SagaStarter, ? extends RequestStreamHandler> handler) {
        this.text = text;
        this.ordered = ordered;
        this.key = key;
        this.poller = poller;
        this.handler = handler;
    }

    /** As a handler is made, without metrics. */
    private interface Made<H> {
        H of(Dispatch dispatch, SagaStarter starter, Handling handling);
    }

    private static <H extends RequestStreamHandler> BiFunction<Dispatch, SagaStarter, H> handling(Made<H> made) {
        return (dispatch, starter) -> made.of(dispatch, starter, Handling.STANDARD.withoutMetrics());
    }

    String text() {
        return text;
    }

    /** Whether records of a lane have an order. */
    boolean ordered() {
        return ordered;
    }

    /** How many records the report has of it. */
    int records() {
        return this == EVENTBRIDGE || this == SNS || this == S3 ? DIRECT : POLLED;
    }

    /** Where a record has its key. */
    String key() {
        return key;
    }

    Poller poller(Settings settings, Ledger ledger) {
        return poller.apply(settings, ledger);
    }

    RequestStreamHandler handler(Dispatch dispatch, SagaStarter starter) {
        return handler.apply(dispatch, starter);
    }
}
