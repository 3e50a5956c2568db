package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.start.SagaStarter;

/**
 * Starts one saga for each record of a Kafka topic, on Amazon MSK or elsewhere. Its event source mapping says {@code
 * ReportBatchItemFailures}: from the first record on that is to be delivered again, its partition is delivered again.
 *
 * <p>The id of a record is its offset, in its partition of its topic of its cluster. Attributes are headers that are UTF-8, the last of
 * each name, and {@code key}, if the record's is UTF-8, whatever a header of that name says. A record without a value is poison.
 */
public class KafkaDispatcher extends EventHandler {
    /**
     * As the function's environment variables say.
     *
     * @throws IllegalArgumentException naming all that are missing, wrong, or not known
     */
    public KafkaDispatcher() {
        this(Deployment.here());
    }

    /** Over this starter. */
    public KafkaDispatcher(Dispatch dispatch, SagaStarter starter) {
        this(dispatch, starter, Handling.STANDARD);
    }

    /** Over this starter, handling events so. */
    public KafkaDispatcher(Dispatch dispatch, SagaStarter starter, Handling handling) {
        this(new Deployment(dispatch, starter, handling));
    }

    KafkaDispatcher(Deployment deployment) {
        super(new KafkaSource(), deployment);
    }
}
