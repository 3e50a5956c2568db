package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.start.SagaStarter;
import java.util.function.UnaryOperator;

/**
 * Starts one saga for each notification that an SNS topic invokes it with. What is to be tried again fails the invocation, so that Lambda
 * tries it again: the function needs an on-failure destination.
 *
 * <p>The body is the message, the id its {@code MessageId}; attributes are the message attributes that are no binary ones, and {@code
 * subject}.
 */
public class SnsDispatcher extends EventHandler {
    /**
     * As the function's environment variables say.
     *
     * @throws IllegalArgumentException naming all that are missing, wrong, or not known
     */
    public SnsDispatcher() {
        this(Deployment.here(UnaryOperator.identity()));
    }

    /**
     * As the function's environment variables say, and then as code does.
     *
     * @param code says what variables cannot, such as a key that is taken from several fields
     * @throws IllegalArgumentException naming all that are missing, wrong, or not known
     */
    protected SnsDispatcher(UnaryOperator<Dispatch> code) {
        this(Deployment.here(code));
    }

    /** Told by code alone, as in a test: no environment variable is read. */
    public SnsDispatcher(Dispatch dispatch, SagaStarter starter) {
        this(dispatch, starter, Handling.STANDARD);
    }

    /** Told by code alone, and with this time in reserve and these metrics. */
    public SnsDispatcher(Dispatch dispatch, SagaStarter starter, Handling handling) {
        this(new Deployment(dispatch, starter, handling));
    }

    SnsDispatcher(Deployment deployment) {
        super(new SnsSource(), deployment);
    }
}
