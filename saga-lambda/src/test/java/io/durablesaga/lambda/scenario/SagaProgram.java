package io.durablesaga.lambda.scenario;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.durablesaga.Saga;
import io.durablesaga.lambda.LambdaSettings;
import io.durablesaga.lambda.SagaHandler;
import io.durablesaga.lambda.service.FunctionUnderTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import software.amazon.lambda.durable.DurableConfig;
import software.amazon.lambda.durable.client.DurableExecutionClient;
import software.amazon.lambda.durable.model.DurableExecutionInput;
import software.amazon.lambda.durable.model.DurableExecutionOutput;

/** A saga as the function that is deployed: built anew for every invocation, and reached by JSON alone. */
record SagaProgram(Function<World, Saga<?, ?>> sagas) implements Program {
    private static final Duration LONG_ENOUGH = Duration.ofDays(365);

    /** A handler has one saga; this one takes any. */
    private static final class Handler<I, O> extends SagaHandler<I, O> {
        Handler(Saga<I, O> saga, LambdaSettings settings) {
            super(saga, settings);
        }
    }

    @Override
    public FunctionUnderTest over(World world, InstantSource clock) {
        return (input, client, bodies) ->
                invoke(new Handler<>(sagas.apply(world), settings(client, bodies, clock)), input);
    }

    private static LambdaSettings settings(DurableExecutionClient client, ExecutorService bodies, InstantSource clock) {
        return LambdaSettings.defaults()
                .executionTimeout(LONG_ENOUGH)
                .clock(clock)
                .sdk(DurableConfig.builder()
                        .withDurableExecutionClient(client)
                        .withExecutorService(bodies)
                        .build());
    }

    private static DurableExecutionOutput invoke(RequestStreamHandler handler, DurableExecutionInput input)
            throws IOException {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(Wire.write(input).toString().getBytes(StandardCharsets.UTF_8)),
                response,
                null);
        return Wire.readOutput(response.toString(StandardCharsets.UTF_8));
    }
}
