package io.durablesaga.lambda.service;

import java.util.List;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateResponse;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import software.amazon.lambda.durable.client.DurableExecutionClient;

/** How one invocation reaches the service. */
record ServiceClient(Checkpoints checkpoints, Incarnation incarnation) implements DurableExecutionClient {

    @Override
    public CheckpointDurableExecutionResponse checkpoint(String arn, String token, List<OperationUpdate> updates) {
        return checkpoints.checkpoint(incarnation, arn, token, updates);
    }

    @Override
    public GetDurableExecutionStateResponse getExecutionState(String arn, String checkpointToken, String marker) {
        return checkpoints.state(incarnation, arn, checkpointToken, marker);
    }
}
