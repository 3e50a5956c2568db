package io.durablesaga.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import io.durablesaga.lambda.service.FunctionUnderTest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.lambda.durable.DurableConfig;

/** Handlers of sagas as functions of the stand-in for the service. */
public final class Handlers {
    private Handlers() {}

    /** Each invocation has a handler of its own, as one in a sandbox of its own. */
    public static FunctionUnderTest function(
            Function<LambdaSettings, SagaHandler<?, ?>> handler, LambdaSettings settings) {
        return function(handler, settings, null);
    }

    /** With what Lambda says of the invocation. */
    static FunctionUnderTest function(
            Function<LambdaSettings, SagaHandler<?, ?>> handler,
            LambdaSettings settings,
            @Nullable Context invocation) {
        return (input, client, bodies) -> handler.apply(settings.sdk(DurableConfig.builder()
                        .withDurableExecutionClient(client)
                        .withExecutorService(bodies)
                        .build()))
                .execute(input, invocation);
    }
}
