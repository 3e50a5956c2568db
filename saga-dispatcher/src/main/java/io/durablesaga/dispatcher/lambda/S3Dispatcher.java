package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.start.SagaStarter;
import java.util.function.UnaryOperator;

/**
 * Starts one saga for each change of an object that an S3 bucket invokes it with. What is to be tried again fails the invocation, so that
 * Lambda tries it again: the function needs an on-failure destination.
 *
 * <p>The body is the record without {@code userIdentity}, {@code requestParameters}, {@code responseElements} and {@code
 * s3.configurationId}. The id is made of the kind of change, its sequencer (without one, its time), the object's version and its key.
 * Keys are URL-encoded, as S3 writes them: a {@code +} is a blank.
 */
public class S3Dispatcher extends EventHandler {
    /**
     * As the function's environment variables say.
     *
     * @throws IllegalArgumentException naming all that are missing, wrong, or not known
     */
    public S3Dispatcher() {
        this(Deployment.here(UnaryOperator.identity()));
    }

    /**
     * As the function's environment variables say, and then as code does.
     *
     * @param code says what variables cannot, such as a key that is taken from several fields
     * @throws IllegalArgumentException naming all that are missing, wrong, or not known
     */
    protected S3Dispatcher(UnaryOperator<Dispatch> code) {
        this(Deployment.here(code));
    }

    /** Told by code alone, as in a test: no environment variable is read. */
    public S3Dispatcher(Dispatch dispatch, SagaStarter starter) {
        this(dispatch, starter, Handling.STANDARD);
    }

    /** Told by code alone, and with this time in reserve and these metrics. */
    public S3Dispatcher(Dispatch dispatch, SagaStarter starter, Handling handling) {
        this(new Deployment(dispatch, starter, handling));
    }

    S3Dispatcher(Deployment deployment) {
        super(new S3Source(), deployment);
    }
}
