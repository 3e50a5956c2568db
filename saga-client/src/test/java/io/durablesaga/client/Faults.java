package io.durablesaga.client;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.lambda.model.CallbackTimeoutException;
import software.amazon.awssdk.services.lambda.model.DurableExecutionAlreadyStartedException;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** What the service refuses with, as the SDK throws it. */
final class Faults {
    static LambdaException notFound(String what) {
        return fault(ResourceNotFoundException.builder(), "ResourceNotFoundException", 404, what);
    }

    static LambdaException invalid(String parameter) {
        return fault(InvalidParameterValueException.builder(), "InvalidParameterValueException", 400, parameter);
    }

    static LambdaException notJson(String why) {
        return fault(InvalidRequestContentException.builder(), "InvalidRequestContentException", 400, why);
    }

    static LambdaException tooLarge() {
        return fault(RequestTooLargeException.builder(), "RequestTooLargeException", 413, "Request must be smaller");
    }

    static LambdaException alreadyStarted(String which) {
        return fault(
                DurableExecutionAlreadyStartedException.builder(),
                "DurableExecutionAlreadyStartedException",
                409,
                "Execution already started" + which);
    }

    static LambdaException callbackClosed() {
        return fault(
                CallbackTimeoutException.builder(),
                "CallbackTimeoutException",
                400,
                "The callback is either timed out or already completed");
    }

    static LambdaException forbidden() {
        return fault(LambdaException.builder(), "AccessDeniedException", 403, "User is not authorized");
    }

    static LambdaException throttled() {
        return fault(TooManyRequestsException.builder(), "TooManyRequestsException", 429, "Rate Exceeded.");
    }

    private static LambdaException fault(LambdaException.Builder fault, String code, int status, String message) {
        fault.awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .message(message)
                .statusCode(status);
        return (LambdaException) fault.build();
    }

    private Faults() {}
}
