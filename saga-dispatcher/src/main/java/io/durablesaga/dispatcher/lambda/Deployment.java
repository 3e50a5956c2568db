package io.durablesaga.dispatcher.lambda;

import io.durablesaga.dispatcher.Dispatch;
import io.durablesaga.dispatcher.Sources;
import io.durablesaga.start.SagaStarter;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

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

    /**
     * As the function's environment variables say, and then as code does.
     *
     * @throws IllegalArgumentException naming all that are missing, wrong, or not known
     */
    static Deployment here(UnaryOperator<Dispatch> code) {
        return of(Sources.environment(), AwsServices.ofThisProcess(), code);
    }

    static Deployment of(Map<String, String> environment, Services services, UnaryOperator<Dispatch> code) {
        return new LambdaVariables(environment, services).read(code);
    }
}
