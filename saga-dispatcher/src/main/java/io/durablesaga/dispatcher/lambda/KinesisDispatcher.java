package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.start.SagaStarter;

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
        this(Deployment.here());
    }

    /** Over this starter. */
    public KinesisDispatcher(Dispatch dispatch, SagaStarter starter) {
        this(dispatch, starter, Handling.STANDARD);
    }

    /** Over this starter, handling events so. */
    public KinesisDispatcher(Dispatch dispatch, SagaStarter starter, Handling handling) {
        this(new Deployment(dispatch, starter, handling));
    }

    KinesisDispatcher(Deployment deployment) {
        super(new KinesisSource(), deployment);
    }
}
