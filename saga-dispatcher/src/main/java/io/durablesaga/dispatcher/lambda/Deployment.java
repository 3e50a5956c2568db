package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.start.SagaStarter;
import java.util.Objects;

/**
 * What a handler works with.
 *
 * @param dispatch how records become executions
 * @param starter what starts them
 * @param handling what else it does
 */
record Deployment(Dispatch dispatch, SagaStarter starter, Handling handling) {
    Deployment {
        Objects.requireNonNull(dispatch, "dispatch");
        Objects.requireNonNull(starter, "starter");
        Objects.requireNonNull(handling, "handling");
    }
}
