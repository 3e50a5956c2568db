package io.durablesaga.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.durablesaga.Saga;
import io.durablesaga.result.SagaResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.durable.DurableConfig;
import software.amazon.lambda.durable.DurableContext;
import software.amazon.lambda.durable.TypeToken;
import software.amazon.lambda.durable.model.DurableExecutionInput;
import software.amazon.lambda.durable.model.DurableExecutionOutput;
import software.amazon.lambda.durable.serde.DurableInputOutputSerDes;

/**
 * A saga as a whole durable function:
 *
 * <pre>{@code
 * public final class PlaceOrderHandler extends SagaHandler<Order, Receipt> {
 *     public PlaceOrderHandler() {
 *         super(OrderSagas.PLACE_ORDER);
 *     }
 * }
 * }</pre>
 *
 * <p>Completed and compensated executions return the {@link SagaResult} as JSON. A stuck one fails with error type
 * {@code SagaStuck} and the result as its data, so that alarms see it. Nothing else fails an execution that has begun: whatever
 * goes wrong between the function and the service ends the invocation with an exception, and the service invokes again.
 *
 * <p>Thread-safe, as its saga is.
 *
 * @param <I> the input
 * @param <O> what the saga yields when it completes
 */
public abstract class SagaHandler<I, O extends @Nullable Object> implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger("io.durablesaga");

    private final SagaFunction<I, O> function;
    private final DurableInputOutputSerDes wire = new DurableInputOutputSerDes();

    /**
     * With default settings.
     *
     * @throws io.durablesaga.SagaDefinitionException if the saga may take more than Lambda holds of one execution
     */
    protected SagaHandler(Saga<I, O> saga) {
        this(saga, LambdaSettings.defaults());
    }

    /**
     * With these settings.
     *
     * @throws io.durablesaga.SagaDefinitionException if the saga may take more than Lambda holds of one execution
     */
    protected SagaHandler(Saga<I, O> saga, LambdaSettings settings) {
        this.function = new SagaFunction<>(saga, settings, LOG);
        prime();
        if ("$LATEST".equals(Sources.functionVersion())) {
            LOG.warn(
                    "saga {}: this code runs as $LATEST, which the next deployment changes under executions in flight;"
                            + " start executions on a numbered version",
                    saga.name());
        }
    }

    /**
     * Loads what the first invocation needs while the function is set up, which costs nobody's time and is what a snapshot keeps:
     * the classes that read a request, the saga's input and results, and that write an answer. The SDK primes its own client.
     */
    private void prime() {
        DurableExecutionInput request = wire.deserialize(
                "{\"InitialExecutionState\":{\"Operations\":[{\"Id\":\"prime\",\"Type\":\"EXECUTION\",\"Status\":\"STARTED\"}]}}",
                TypeToken.get(DurableExecutionInput.class));
        function.prime(request);
        String unused = wire.serialize(DurableExecutionOutput.pending());
    }

    /** One invocation, as the service makes it. */
    @Override
    public final void handleRequest(InputStream in, OutputStream out, Context invocation) throws IOException {
        String request = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        DurableExecutionInput input = wire.deserialize(request, TypeToken.get(DurableExecutionInput.class));
        if (input == null || input.durableExecutionArn() == null || input.checkpointToken() == null) {
            throw new IllegalStateException("saga '" + function.saga().name()
                    + "': this is no invocation of a durable execution; the function needs DurableConfig when it is created,"
                    + " and executions are started on a numbered version");
        }
        out.write(wire.serialize(execute(input, invocation)).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Runs the saga in a context of the SDK's, for the SDK's local test runner, together with {@link #configuration()}:
     *
     * <pre>{@code
     * var handler = new PlaceOrderHandler(LambdaSettings.defaults().executionTimeout(Duration.ofDays(10)));
     * var runner = LocalDurableTestRunner.create(Order.class, handler::handleRequest, handler.configuration());
     * }</pre>
     */
    public final SagaResult<O> handleRequest(I input, DurableContext context) {
        return function.run(input, context);
    }

    /** The SDK's configuration that {@link #handleRequest(Object, DurableContext)} goes with: reads inputs and writes results. */
    public final DurableConfig configuration() {
        return function.configuration();
    }

    final DurableExecutionOutput execute(DurableExecutionInput input, @Nullable Context invocation) {
        return function.execute(input, invocation);
    }
}
