package io.durablesaga.lambda;

import java.util.List;
import software.amazon.awssdk.services.lambda.model.CheckpointDurableExecutionResponse;
import software.amazon.awssdk.services.lambda.model.CheckpointUpdatedExecutionState;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.GetDurableExecutionStateResponse;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import software.amazon.lambda.durable.client.DurableExecutionClient;

/**
 * Keeps the service's trouble apart from the saga's: whatever fails on the way ends the invocation, for another one to try again.
 * The SDK by itself would record a lost connection as the failure of the step that had just succeeded, and end an execution whose
 * invocation was superseded. Thread-safe where its client is.
 */
final class Shield implements DurableExecutionClient {
    private final DurableExecutionClient service;

    Shield(DurableExecutionClient service) {
        this.service = service;
    }

    @Override
    public CheckpointDurableExecutionResponse checkpoint(String arn, String token, List<OperationUpdate> updates) {
        try {
            CheckpointDurableExecutionResponse response = service.checkpoint(arn, token, updates);
            if (response.checkpointToken() == null) {
                throw new IllegalStateException("the service answered a checkpoint without the token for the next one");
            }
            CheckpointUpdatedExecutionState state = response.newExecutionState();
            return state == null || areReadable(state.operations())
                    ? response
                    : response.toBuilder().newExecutionState(readable(state)).build();
        } catch (Throwable failed) {
            throw new Interrupted(failed);
        }
    }

    @Override
    public GetDurableExecutionStateResponse getExecutionState(String arn, String token, String marker) {
        try {
            GetDurableExecutionStateResponse page = service.getExecutionState(arn, token, marker);
            return areReadable(page.operations())
                    ? page
                    : page.toBuilder().operations(readable(page.operations())).build();
        } catch (Throwable failed) {
            throw new Interrupted(failed);
        }
    }

    static CheckpointUpdatedExecutionState readable(CheckpointUpdatedExecutionState state) {
        return areReadable(state.operations())
                ? state
                : state.toBuilder().operations(readable(state.operations())).build();
    }

    private static boolean areReadable(List<Operation> operations) {
        for (Operation operation : operations) {
            if (operation.chainedInvokeDetails() != null || operation.callbackDetails() != null) {
                return false;
            }
        }
        return true;
    }

    private static List<Operation> readable(List<Operation> operations) {
        return operations.stream().map(Shield::readable).toList();
    }

    /** Without stack traces from outside: the SDK reads Java's only, and breaks over those of other languages. */
    private static Operation readable(Operation operation) {
        var invoked = operation.chainedInvokeDetails();
        if (invoked != null && invoked.error() != null) {
            var details = invoked.toBuilder().error(traceless(invoked.error())).build();
            return operation.toBuilder().chainedInvokeDetails(details).build();
        }
        var callback = operation.callbackDetails();
        if (callback != null && callback.error() != null) {
            var details =
                    callback.toBuilder().error(traceless(callback.error())).build();
            return operation.toBuilder().callbackDetails(details).build();
        }
        return operation;
    }

    private static ErrorObject traceless(ErrorObject error) {
        return error.toBuilder().stackTrace(List.of()).build();
    }
}
