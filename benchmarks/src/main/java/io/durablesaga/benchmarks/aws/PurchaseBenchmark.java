package io.durablesaga.benchmarks.aws;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.durablesaga.lambda.LambdaSettings;
import io.durablesaga.lambda.byhand.ByHand;
import io.durablesaga.lambda.byhand.OnTheLibrary;
import io.durablesaga.lambda.byhand.Purchase;
import io.durablesaga.lambda.byhand.Services;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateResponse;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import software.amazon.lambda.durable.DurableConfig;
import software.amazon.lambda.durable.DurableContext;
import software.amazon.lambda.durable.DurableHandler;
import software.amazon.lambda.durable.client.DurableExecutionClient;
import software.amazon.lambda.durable.testing.local.LocalMemoryExecutionClient;

/**
 * One purchase, from the bytes that Lambda hands over to the bytes it gets back, on the SDK's own service in memory: on the
 * library and written by hand. The processor time per purchase is what {@link ProcessorTime} adds.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 8, time = 2)
@Fork(3)
@SuppressWarnings("NullAway.Init") // JMH sets the parameter, and calls what sets the rest up
public class PurchaseBenchmark {
    private static final byte[] REQUEST =
            ("{\"DurableExecutionArn\":\"arn:aws:lambda:eu-west-1:123456789012:function:purchase:1"
                            + "/durable-execution/purchase-1/7d7f5d2e\",\"CheckpointToken\":\"token\",\"InitialExecutionState\":"
                            + "{\"Operations\":[{\"Id\":\"7d7f5d2e\",\"Name\":\"purchase-1\",\"Type\":\"EXECUTION\",\"Status\":\"STARTED\","
                            + "\"ExecutionDetails\":{\"InputPayload\":"
                            + "\"{\\\"item\\\":\\\"cup\\\",\\\"cents\\\":2900,\\\"card\\\":\\\"card-7\\\"}\"}}]}}")
                    .getBytes(StandardCharsets.UTF_8);

    /** Which step says no, if any. */
    @Param({"nobody", "charge"})
    public String declines;

    private final Memory memory = new Memory();
    private RequestStreamHandler library;
    private RequestStreamHandler byHand;

    /** Two handlers over the same services and the same service. */
    @Setup
    public void handlers() {
        DurableConfig sdk =
                DurableConfig.builder().withDurableExecutionClient(memory).build();
        Services services = new Answering(declines);
        library = new OnTheLibrary(
                services,
                LambdaSettings.defaults().executionTimeout(Duration.ofDays(30)).sdk(sdk));
        ByHand flow = new ByHand(services);
        byHand = new DurableHandler<Purchase, String>() {
            @Override
            protected DurableConfig createConfiguration() {
                return sdk;
            }

            @Override
            public String handleRequest(Purchase purchase, DurableContext context) {
                return flow.handleRequest(purchase, context);
            }
        };
    }

    /** On the library. */
    @Benchmark
    public byte[] library() throws IOException {
        return purchase(library);
    }

    /** By hand. */
    @Benchmark
    public byte[] byHand() throws IOException {
        return purchase(byHand);
    }

    private byte[] purchase(RequestStreamHandler handler) throws IOException {
        memory.forget();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(REQUEST), answer, null);
        if (answer.toString(StandardCharsets.UTF_8).indexOf("SUCCEEDED") < 0) {
            throw new IllegalStateException(answer.toString(StandardCharsets.UTF_8));
        }
        return answer.toByteArray();
    }

    /** The SDK's service in memory, which knows one execution at a time. */
    private static final class Memory implements DurableExecutionClient {
        private volatile LocalMemoryExecutionClient client = new LocalMemoryExecutionClient();

        void forget() {
            client = new LocalMemoryExecutionClient();
        }

        @Override
        public CheckpointDurableExecutionResponse checkpoint(String arn, String token, List<OperationUpdate> updates) {
            return client.checkpoint(arn, token, updates);
        }

        @Override
        public GetDurableExecutionStateResponse getExecutionState(String arn, String token, String marker) {
            return client.getExecutionState(arn, token, marker);
        }
    }

    /** Services that cost nothing. */
    private record Answering(String declines) implements Services {
        @Override
        public String reserve(String item, String key) {
            return "reserved";
        }

        @Override
        public void release(String reserveKey, String key) {}

        @Override
        public String charge(String card, long cents, String key) {
            if (declines.equals("charge")) {
                throw new Declined("over its limit");
            }
            return "charged";
        }

        @Override
        public void refund(String chargeKey, String key) {}

        @Override
        public String ship(String reservation, String key) {
            return "shipped";
        }

        @Override
        public void recall(String shipKey, String key) {}
    }
}
