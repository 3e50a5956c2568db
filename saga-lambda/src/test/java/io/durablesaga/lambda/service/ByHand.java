package io.durablesaga.lambda.service;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import software.amazon.lambda.durable.client.DurableExecutionClient;
import software.amazon.lambda.durable.model.DurableExecutionInput;
import software.amazon.lambda.durable.model.DurableExecutionOutput;

/** A function whose invocations a test plays itself. */
final class ByHand implements FunctionUnderTest {
    private final BlockingQueue<Invocation> begun = new LinkedBlockingQueue<>();

    @Override
    public DurableExecutionOutput invoke(
            DurableExecutionInput input, DurableExecutionClient client, ExecutorService bodies) throws Exception {
        Invocation invocation = new Invocation(input, client, bodies);
        begun.add(invocation);
        try {
            return invocation.end.get();
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    /** The next invocation; waits until it has begun. */
    Invocation next() {
        try {
            Invocation next = begun.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no invocation has begun");
            }
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether an invocation has begun that nobody plays yet. */
    boolean hasNext() {
        return !begun.isEmpty();
    }

    /** One invocation, which goes on until it is told how to end. */
    static final class Invocation {
        final DurableExecutionInput input;
        final DurableExecutionClient client;
        final ExecutorService bodies;
        private final CompletableFuture<DurableExecutionOutput> end = new CompletableFuture<>();
        String token;

        private Invocation(DurableExecutionInput input, DurableExecutionClient client, ExecutorService bodies) {
            this.input = input;
            this.client = client;
            this.bodies = bodies;
            this.token = input.checkpointToken();
        }

        String arn() {
            return input.durableExecutionArn();
        }

        /** With the token that is right. */
        CheckpointDurableExecutionResponse write(OperationUpdate... updates) {
            CheckpointDurableExecutionResponse response = client.checkpoint(arn(), token, Arrays.asList(updates));
            token = response.checkpointToken();
            return response;
        }

        /** Without updates, to hear of news. */
        List<Operation> poll() {
            return write().newExecutionState().operations();
        }

        void suspends() {
            end.complete(DurableExecutionOutput.pending());
        }

        void succeeds(String result) {
            end.complete(DurableExecutionOutput.success(result));
        }

        void fails(ErrorObject error) {
            end.complete(DurableExecutionOutput.failure(error));
        }

        void returns(DurableExecutionOutput output) {
            end.complete(output);
        }

        void breaks(Exception failure) {
            end.completeExceptionally(failure);
        }
    }
}
