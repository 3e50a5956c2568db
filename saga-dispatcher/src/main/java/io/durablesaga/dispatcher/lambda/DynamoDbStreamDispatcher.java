package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.start.SagaStarter;
import java.util.function.UnaryOperator;

/**
 * Starts one saga for each change of a DynamoDB table, from its stream. Its event source mapping says {@code ReportBatchItemFailures}: from
 * the first record on that is to be delivered again, its shard is delivered again.
 *
 * <p>The body of a record is an object of {@code change} ({@code INSERT}, {@code MODIFY} or {@code REMOVE}), {@code keys}, and, as far
 * as the stream has them, {@code newImage} and {@code oldImage}: items as plain JSON, numbers exact, binary values as Base64, sets
 * sorted. The id of a record is its {@code eventID} and sequence number. There is one attribute, {@code table}.
 */
public class DynamoDbStreamDispatcher extends EventHandler {
    /**
     * As the function's environment variables say.
     *
     * @throws IllegalArgumentException naming all that are missing, wrong, or not known
     */
    public DynamoDbStreamDispatcher() {
        this(Deployment.here(UnaryOperator.identity()));
    }

    /**
     * As the function's environment variables say, and then as code does.
     *
     * @param code says what variables cannot, such as a key that is taken from several fields
     * @throws IllegalArgumentException naming all that are missing, wrong, or not known
     */
    protected DynamoDbStreamDispatcher(UnaryOperator<Dispatch> code) {
        this(Deployment.here(code));
    }

    /** Told by code alone, as in a test: no environment variable is read. */
    public DynamoDbStreamDispatcher(Dispatch dispatch, SagaStarter starter) {
        this(dispatch, starter, Handling.STANDARD);
    }

    /** Told by code alone, and with this time in reserve and these metrics. */
    public DynamoDbStreamDispatcher(Dispatch dispatch, SagaStarter starter, Handling handling) {
        this(new Deployment(dispatch, starter, handling));
    }

    DynamoDbStreamDispatcher(Deployment deployment) {
        super(new DynamoDbSource(), deployment);
    }
}
