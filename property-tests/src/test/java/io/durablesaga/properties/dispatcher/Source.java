package io.durablesaga.properties.dispatcher;

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
import io.durablesaga.properties.dispatcher.Letter.Kind;
import io.durablesaga.start.SagaStarter;
import java.util.List;
import java.util.function.BiFunction;

/** An event source, how it is played, and what its handler is. */
enum Source {
    SQS(SqsPoller::new, SqsDispatcher::new),
    SQS_FIFO(FifoPoller::new, SqsDispatcher::new),
    KINESIS(KinesisPoller::new, KinesisDispatcher::new),
    DYNAMODB(DynamoDbPoller::new, DynamoDbStreamDispatcher::new),
    KAFKA(KafkaPoller::new, KafkaDispatcher::new),
    EVENTBRIDGE(AsynchronousPoller::eventBridge, EventBridgeDispatcher::new),
    SNS(AsynchronousPoller::sns, SnsDispatcher::new),
    S3(AsynchronousPoller::s3, S3Dispatcher::new);

    /** Makes a handler. */
    interface Making {
        RequestStreamHandler of(Dispatch dispatch, SagaStarter starter, Handling handling);
    }

    @SuppressWarnings("ImmutableEnumChecker") // constructors hold on to nothing
    private final BiFunction<Settings, Ledger, Poller> poller;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Making handler;

    Source(BiFunction<Settings, Ledger, Poller> poller, Making handler) {
        this.poller = poller;
        this.handler = handler;
    }

    Poller poller(Settings settings, Ledger ledger) {
        return poller.apply(settings, ledger);
    }

    RequestStreamHandler handler(Dispatch dispatch, SagaStarter starter, Handling handling) {
        return handler.of(dispatch, starter, handling);
    }

    /** Whether what is to be delivered again is said by failing. */
    boolean failsToReturn() {
        return this == EVENTBRIDGE || this == SNS || this == S3;
    }

    /** Whether it takes a shard or a partition in the order of keys only, unless told otherwise. */
    boolean hasKeysInOrder() {
        return this == KINESIS || this == DYNAMODB || this == KAFKA;
    }

    /** Whether it says of a record that it comes again. */
    boolean marksAgain() {
        return this == SQS || this == SQS_FIFO;
    }

    /** Where what the saga is started on has the order's number. */
    String orderAt() {
        return switch (this) {
            case DYNAMODB -> "/newImage/order";
            case S3 -> "/s3/object/key";
            default -> "/order";
        };
    }

    /** Where it has what tells one order of a number from another. */
    String variantAt() {
        return switch (this) {
            case DYNAMODB -> "/newImage/v";
            case S3 -> "/s3/object/size";
            default -> "/v";
        };
    }

    /** What of its records cannot be started, whatever the dispatcher is told. */
    List<Kind> poison(boolean keyed) {
        return switch (this) {
            case S3 -> List.of(Kind.HALF_A_PAIR);
            case EVENTBRIDGE ->
                keyed
                        ? List.of(
                                Kind.NOTHING,
                                Kind.NO_JSON,
                                Kind.NO_KEY,
                                Kind.KEY_NO_TEXT,
                                Kind.TOO_DEEP,
                                Kind.HALF_A_PAIR)
                        : List.of(Kind.TOO_DEEP, Kind.HALF_A_PAIR);
            case DYNAMODB ->
                keyed
                        ? List.of(
                                Kind.NOTHING,
                                Kind.NO_JSON,
                                Kind.NO_KEY,
                                Kind.KEY_NO_TEXT,
                                Kind.TOO_DEEP,
                                Kind.HALF_A_PAIR)
                        : List.of(Kind.NOTHING, Kind.NO_JSON, Kind.TOO_DEEP, Kind.HALF_A_PAIR);
            default -> {
                List<Kind> unreadable =
                        List.of(Kind.NOTHING, Kind.NO_JSON, Kind.EMPTY, Kind.TOO_DEEP, Kind.TWICE, Kind.HALF_A_PAIR);
                yield keyed
                        ? java.util.stream.Stream.concat(
                                        unreadable.stream(), java.util.stream.Stream.of(Kind.NO_KEY, Kind.KEY_NO_TEXT))
                                .toList()
                        : unreadable;
            }
        };
    }
}
