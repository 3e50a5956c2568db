package io.durablesaga.lambda;

import io.durablesaga.lambda.service.FunctionUnderTest;
import java.time.Duration;
import java.util.function.Function;
import software.amazon.lambda.durable.DurableConfig;

/** Handlers of sagas as functions of the stand-in for the service. */
public final class Handlers {
    private Handlers() {}

    /** Each invocation has a handler of its own, as one in a sandbox of its own. */
    public static FunctionUnderTest function(
            Function<LambdaSettings, SagaHandler<?, ?>> handler, LambdaSettings settings) {
        return (input, client, bodies) -> handler.apply(settings.executionTimeout(Duration.ofDays(366))
                        .sdk(DurableConfig.builder()
                                .withDurableExecutionClient(client)
                                .withExecutorService(bodies)
                                .build()))
                .execute(input, null);
    }
}
