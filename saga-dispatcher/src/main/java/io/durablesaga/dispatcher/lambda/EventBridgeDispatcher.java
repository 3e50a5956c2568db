package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.start.SagaStarter;
import java.util.function.UnaryOperator;

/**
 * Starts one saga for each EventBridge event that a rule or EventBridge Scheduler invokes it with. What is to be tried again fails the
 * invocation, so that Lambda tries it again: the function needs an on-failure destination.
 *
 * <p>The body is the event's {@code detail}, the id its {@code id}; attributes are {@code detail-type}, {@code source} and {@code time}.
 * Where the target has an input of its own, that is the body; it has no id and needs a business key.
 */
public class EventBridgeDispatcher extends EventHandler {
    /**
     * As the function's environment variables say.
     *
     * @throws IllegalArgumentException naming all that are missing, wrong, or not known
     */
    public EventBridgeDispatcher() {
        this(Deployment.here(UnaryOperator.identity()));
    }

    /**
     * As the function's environment variables say, and then as code does.
     *
     * @param code says what variables cannot, such as a key that is taken from several fields
     * @throws IllegalArgumentException naming all that are missing, wrong, or not known
     */
    protected EventBridgeDispatcher(UnaryOperator<Dispatch> code) {
        this(Deployment.here(code));
    }

    /** Told by code alone, as in a test: no environment variable is read. */
    public EventBridgeDispatcher(Dispatch dispatch, SagaStarter starter) {
        this(dispatch, starter, Handling.STANDARD);
    }

    /** Told by code alone, and with this time in reserve and these metrics. */
    public EventBridgeDispatcher(Dispatch dispatch, SagaStarter starter, Handling handling) {
        this(new Deployment(dispatch, starter, handling));
    }

    EventBridgeDispatcher(Deployment deployment) {
        super(new EventBridgeSource(), deployment);
    }
}
