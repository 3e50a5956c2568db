package io.durablesaga.lambda.service;

import java.util.concurrent.ExecutorService;
import software.amazon.lambda.durable.client.DurableExecutionClient;
import software.amazon.lambda.durable.model.DurableExecutionInput;
import software.amazon.lambda.durable.model.DurableExecutionOutput;

/** A durable function as the service sees it. */
@FunctionalInterface
public interface FunctionUnderTest {
    /**
     * One invocation, on a thread of its own.
     *
     * @param input what the service hands over
     * @param client how this one invocation reaches the service; throws {@link IncarnationKilled} once it is dead
     * @param bodies runs this one invocation's threads; starts none once it is dead
     * @throws Exception if the invocation fails and is to be retried
     */
    DurableExecutionOutput invoke(DurableExecutionInput input, DurableExecutionClient client, ExecutorService bodies)
            throws Exception;
}
