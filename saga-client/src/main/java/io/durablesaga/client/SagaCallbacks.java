package io.durablesaga.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.durablesaga.engine.CallbackAnswer;
import io.durablesaga.engine.Decision;
import io.durablesaga.engine.Decisions;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.result.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CallbackTimeoutException;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackFailureRequest;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackHeartbeatRequest;
import software.amazon.awssdk.services.lambda.model.SendDurableExecutionCallbackSuccessRequest;

/**
 * Answers what sagas on Lambda wait for. It needs neither a saga nor a function, only ids of callbacks, so it suits whoever is
 * handed one: a webhook, a person's tool. Thread-safe.
 *
 * <p>The service has one answer, {@code CallbackTimeoutException}, for a callback that was answered before, one that had timed
 * out, and one whose execution had ended; all of them are {@link CallbackAnswer#LATE} here, and {@link CallbackAnswer#DUPLICATE}
 * never comes. Where the response to an accepted answer is lost, the SDK sends it again, and LATE is then the echo of one's own.
 * {@link CallbackAnswer#UNKNOWN} is an id that the service cannot read. Whatever else the service says, such as that the caller
 * lacks a permission, is thrown as the SDK throws it.
 */
public final class SagaCallbacks {
    private static final int LARGEST = 256 * 1024;
    private static final String FAILED = "CallbackFailed";

    private final LambdaClient lambda;
    private final SagaJson json;

    private SagaCallbacks(LambdaClient lambda, SagaJson json) {
        this.lambda = lambda;
        this.json = json;
    }

    /** Over this client, writing values as sagas do by default. */
    public static SagaCallbacks of(LambdaClient lambda) {
        return of(lambda, SagaJson.standard());
    }

    /** Over this client, writing values as the sagas that read them do. */
    public static SagaCallbacks of(LambdaClient lambda, SagaJson json) {
        return new SagaCallbacks(Objects.requireNonNull(lambda, "lambda"), Objects.requireNonNull(json, "json"));
    }

    /**
     * Completes a callback with a payload as it is: JSON, or any text where the saga expects a string. What does not read as
     * what the saga awaits is taken all the same: the await fails, and before the pivot the saga unwinds.
     *
     * @throws IllegalArgumentException if the payload is larger than the 256 KB that the service takes
     */
    public CallbackAnswer complete(String callbackId, String payload) {
        Objects.requireNonNull(callbackId, "callbackId");
        int size = payload.getBytes(StandardCharsets.UTF_8).length;
        if (size > LARGEST) {
            throw new IllegalArgumentException("callback '" + callbackId + "': a payload of " + size
                    + " bytes, and the service takes " + LARGEST
                    + "; store it and complete the callback with a reference");
        }
        SendDurableExecutionCallbackSuccessRequest request = SendDurableExecutionCallbackSuccessRequest.builder()
                .callbackId(callbackId)
                .result(SdkBytes.fromUtf8String(payload))
                .build();
        return answered(() -> lambda.sendDurableExecutionCallbackSuccess(request));
    }

    /**
     * Completes a callback with a value, written as JSON.
     *
     * @throws IllegalArgumentException if the value cannot be written, or is larger than the 256 KB that the service takes
     */
    public CallbackAnswer completeWith(String callbackId, @Nullable Object value) {
        try {
            return complete(callbackId, json.write(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "callback '" + callbackId + "': the value cannot be written as JSON (" + e.getOriginalMessage()
                            + "); it was not completed",
                    e);
        }
    }

    /** Fails a callback, and with it the node that waits; an error is cut to {@value Failure#LONGEST_MESSAGE} characters. */
    public CallbackAnswer fail(String callbackId, String error) {
        String message = Failure.unknown(FAILED, error).message();
        // without a stack trace: the SDK reads Java's only, and crashes on any other
        SendDurableExecutionCallbackFailureRequest request = SendDurableExecutionCallbackFailureRequest.builder()
                .callbackId(Objects.requireNonNull(callbackId, "callbackId"))
                .error(failure -> failure.errorType(FAILED).errorMessage(message))
                .build();
        return answered(() -> lambda.sendDurableExecutionCallbackFailure(request));
    }

    /** Says that somebody still works on a callback. */
    public CallbackAnswer heartbeat(String callbackId) {
        SendDurableExecutionCallbackHeartbeatRequest request = SendDurableExecutionCallbackHeartbeatRequest.builder()
                .callbackId(Objects.requireNonNull(callbackId, "callbackId"))
                .build();
        return answered(() -> lambda.sendDurableExecutionCallbackHeartbeat(request));
    }

    /**
     * Decides what a parked execution waits for; ids are in {@link SagaClient#status} and {@link SagaClient#openCallbacks}. The
     * service does not tell a decision's callback from another, so look before answering: another callback would be completed with
     * the decision's JSON.
     */
    public CallbackAnswer decide(String decisionId, Decision decision) {
        return complete(decisionId, Decisions.write(decision));
    }

    private static CallbackAnswer answered(Runnable request) {
        try {
            request.run();
            return CallbackAnswer.ACCEPTED;
        } catch (CallbackTimeoutException closed) {
            return CallbackAnswer.LATE;
        } catch (ResourceNotFoundException | InvalidParameterValueException noSuchId) {
            return CallbackAnswer.UNKNOWN;
        }
    }
}
