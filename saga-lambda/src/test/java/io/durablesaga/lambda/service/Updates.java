package io.durablesaga.lambda.service;

import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.OperationAction;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;

/** Updates as a function sends them; an operation's name is also its id. */
final class Updates {
    private Updates() {}

    static OperationUpdate.Builder step(OperationAction action, String name) {
        return update(OperationType.STEP, "Step", action, name);
    }

    static OperationUpdate.Builder context(OperationAction action, String name) {
        return update(OperationType.CONTEXT, "RunInChildContext", action, name);
    }

    static OperationUpdate start(String step) {
        return step(OperationAction.START, step).build();
    }

    static OperationUpdate succeed(String step, String result) {
        return step(OperationAction.SUCCEED, step).payload(result).build();
    }

    static OperationUpdate fail(String step) {
        return step(OperationAction.FAIL, step)
                .error(error(step + " is broken"))
                .build();
    }

    static OperationUpdate retry(String step, int seconds) {
        return step(OperationAction.RETRY, step)
                .error(error(step + " is broken"))
                .stepOptions(options -> options.nextAttemptDelaySeconds(seconds))
                .build();
    }

    static OperationUpdate sleep(String name, int seconds) {
        return update(OperationType.WAIT, "Wait", OperationAction.START, name)
                .waitOptions(options -> options.waitSeconds(seconds))
                .build();
    }

    static OperationUpdate callback(String name, int seconds, int silence) {
        return update(OperationType.CALLBACK, "Callback", OperationAction.START, name)
                .callbackOptions(options -> options.timeoutSeconds(seconds).heartbeatTimeoutSeconds(silence))
                .build();
    }

    static OperationUpdate invoke(String name, String function, String payload) {
        return update(OperationType.CHAINED_INVOKE, "ChainedInvoke", OperationAction.START, name)
                .chainedInvokeOptions(options -> options.functionName(function))
                .payload(payload)
                .build();
    }

    static OperationUpdate.Builder update(OperationType type, String subType, OperationAction action, String name) {
        return OperationUpdate.builder()
                .id(name)
                .name(name)
                .type(type)
                .subType(subType)
                .action(action);
    }

    static ErrorObject error(String message) {
        return ErrorObject.builder().errorType("Broken").errorMessage(message).build();
    }
}
