package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.start.SagaStarter;
import java.util.function.UnaryOperator;

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
        this(Deployment.here(UnaryOperator.identity()));
    }

    /**
     * As the function's environment variables say, and then as code does.
     *
     * @param code says what variables cannot, such as a key that is taken from several fields
     * @throws IllegalArgumentException naming all that are missing, wrong, or not known
     */
    protected KafkaDispatcher(UnaryOperator<Dispatch> code) {
        this(Deployment.here(code));
    }

    /** Told by code alone, as in a test: no environment variable is read. */
    public KafkaDispatcher(Dispatch dispatch, SagaStarter starter) {
        this(dispatch, starter, Handling.STANDARD);
    }

    /** Told by code alone, and with this time in reserve and these metrics. */
    public KafkaDispatcher(Dispatch dispatch, SagaStarter starter, Handling handling) {
        this(new Deployment(dispatch, starter, handling));
    }

    KafkaDispatcher(Deployment deployment) {
        super(new KafkaSource(), deployment);
    }
}
