package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.start.SagaStarter;
import java.util.function.UnaryOperator;

/**
 * Starts one saga for each record of a Kinesis data stream. Its event source mapping says {@code ReportBatchItemFailures}: from the first
 * record on that is to be delivered again, its shard is delivered again.
 *
 * <p>The id of a record is its {@code eventID}, shard and sequence number. There is one attribute, {@code partitionKey}. Records that
 * the Kinesis Producer Library has aggregated are not taken apart: they are poison.
 */
public class KinesisDispatcher extends EventHandler {
    /**
     * As the function's environment variables say.
     *
     * @throws IllegalArgumentException naming all that are missing, wrong, or not known
     */
    public KinesisDispatcher() {
        this(Deployment.here(UnaryOperator.identity()));
    }

    /**
     * As the function's environment variables say, and then as code does.
     *
     * @param code says what variables cannot, such as a key that is taken from several fields
     * @throws IllegalArgumentException naming all that are missing, wrong, or not known
     */
    protected KinesisDispatcher(UnaryOperator<Dispatch> code) {
        this(Deployment.here(code));
    }

    /** Told by code alone, as in a test: no environment variable is read. */
    public KinesisDispatcher(Dispatch dispatch, SagaStarter starter) {
        this(dispatch, starter, Handling.STANDARD);
    }

    /** Told by code alone, and with this time in reserve and these metrics. */
    public KinesisDispatcher(Dispatch dispatch, SagaStarter starter, Handling handling) {
        this(new Deployment(dispatch, starter, handling));
    }

    KinesisDispatcher(Deployment deployment) {
        super(new KinesisSource(), deployment);
    }
}
