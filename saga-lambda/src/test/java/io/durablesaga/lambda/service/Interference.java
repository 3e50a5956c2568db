package io.durablesaga.lambda.service;

import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;

/**
 * What a test has go wrong with the calls to the service: sees every call that is in order, never two at a time, on whatever
 * thread makes it. It may kill invocations, and then throws as well.
 */
public interface Interference {
    /** Everything goes well. */
    Interference NONE = new Interference() {};

    /** This is about to happen; where it throws, it does not, and the caller is thrown the same. */
    default void before(Call call) {}

    /** This has happened, and the caller does not know yet; where it throws, the caller is thrown the same and never knows. */
    default void after(Call call) {}

    /** What a checkpoint is answered. */
    default CheckpointDurableExecutionResponse answered(Call call, CheckpointDurableExecutionResponse answer) {
        return answer;
    }
}
