package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.start.SagaStarter;

/** The handler of each source, quiet. */
final class Handlers {
    private static final Handling QUIET = Handling.STANDARD.withoutMetrics();

    private Handlers() {}

    static EventHandler of(EventKind kind, Dispatch dispatch, SagaStarter starter) {
        return switch (kind) {
            case SQS -> new SqsDispatcher(dispatch, starter, QUIET);
            case KINESIS -> new KinesisDispatcher(dispatch, starter, QUIET);
            case DYNAMODB -> new DynamoDbStreamDispatcher(dispatch, starter, QUIET);
            case KAFKA -> new KafkaDispatcher(dispatch, starter, QUIET);
            case EVENTBRIDGE -> new EventBridgeDispatcher(dispatch, starter, QUIET);
            case SNS -> new SnsDispatcher(dispatch, starter, QUIET);
            case S3 -> new S3Dispatcher(dispatch, starter, QUIET);
        };
    }
}
