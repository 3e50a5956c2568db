package io.durablesaga.lambda.service;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.lambda.model.DurableExecutionAlreadyStartedException;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.ServiceException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** What the service's client throws, with everything in it that the durable SDK looks at. */
public final class Refusals {
    private Refusals() {}

    /** The token has been used before, or belongs to somebody else. The wording is the service's. */
    public static LambdaException invalidToken() {
        return invalid("Invalid checkpoint token");
    }

    /** Too many requests; nothing is written. */
    public static LambdaException throttled() {
        return (LambdaException) TooManyRequestsException.builder()
                .awsErrorDetails(details(429, "TooManyRequestsException", "Rate exceeded"))
                .statusCode(429)
                .build();
    }

    /** The service is broken. */
    public static LambdaException serviceError() {
        return (LambdaException) ServiceException.builder()
                .awsErrorDetails(details(500, "ServiceException", "An internal error occurred"))
                .statusCode(500)
                .build();
    }

    /** Nobody knows whether the service has heard. */
    public static SdkClientException connectionLost() {
        return SdkClientException.create("Unable to execute HTTP request: Connection reset");
    }

    static LambdaException invalid(String message) {
        return (LambdaException) InvalidParameterValueException.builder()
                .awsErrorDetails(details(400, "InvalidParameterValueException", message))
                .statusCode(400)
                .build();
    }

    static LambdaException notFound(String message) {
        return (LambdaException) ResourceNotFoundException.builder()
                .awsErrorDetails(details(404, "ResourceNotFoundException", message))
                .statusCode(404)
                .build();
    }

    static LambdaException alreadyStarted(String name) {
        return (LambdaException) DurableExecutionAlreadyStartedException.builder()
                .awsErrorDetails(details(
                        409,
                        "DurableExecutionAlreadyStartedException",
                        "The durable execution name '" + name + "' is in use with another input"))
                .statusCode(409)
                .build();
    }

    private static AwsErrorDetails details(int status, String code, String message) {
        return AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage(message)
                .serviceName("Lambda")
                .sdkHttpResponse(SdkHttpResponse.builder().statusCode(status).build())
                .build();
    }
}
