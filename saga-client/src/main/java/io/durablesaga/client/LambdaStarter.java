package io.durablesaga.client;

import io.durablesaga.client.NamesInUse.Owner;
import io.durablesaga.engine.SagaJson;
import io.durablesaga.start.SagaStarter;
import io.durablesaga.start.StandingAnswer;
import io.durablesaga.start.StartAnswer;
import io.durablesaga.start.StartRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.DurableExecutionAlreadyStartedException;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * Starts executions of a durable function on AWS Lambda by name, for whatever stands between an event source and a saga. It holds
 * no connection of its own and closes nothing. Thread-safe.
 *
 * <pre>{@code
 * LambdaClient lambda = LambdaClient.builder()
 *         .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
 *         .build();
 * SagaStarter orders = LambdaStarter.of(lambda, "place-order:7");
 * }</pre>
 *
 * <p>It asks once and never again. Where the caller tries again by its own rules, as whoever reads a queue does, give it a client
 * that does not, as above: the SDK's retries would multiply with the caller's, and hide that the service throttles.
 *
 * <p>It takes {@code lambda:InvokeFunction}. A name that is in use for other bytes or on another version is a conflict until both
 * inputs were compared as JSON values, and how an execution stands is read; that takes
 * {@code lambda:ListDurableExecutionsByFunction} and {@code lambda:GetDurableExecution}.
 *
 * <p>What an answer says of what was seen never holds anything of a payload. The service's own words are left out where they might.
 */
public final class LambdaStarter implements SagaStarter {
    private static final int TOO_LARGE = 413;
    private static final String STARTING = "lambda:InvokeFunction";
    private static final String READING = "lambda:GetDurableExecution and lambda:ListDurableExecutionsByFunction";

    private final LambdaClient lambda;
    private final FunctionVersion function;
    private final LongSupplier nanos;
    private final Duration clientGivesUpAfter;
    private final NamesInUse names;
    private final Standings standings;

    private LambdaStarter(
            LambdaClient lambda, FunctionVersion function, LongSupplier nanos, Duration clientGivesUpAfter) {
        this.lambda = lambda;
        this.function = function;
        this.nanos = nanos;
        this.clientGivesUpAfter = clientGivesUpAfter;
        this.names = new NamesInUse(function, new JsonValues(SagaJson.standard().mapper()));
        this.standings = new Standings(SagaJson.standard().mapper());
    }

    /**
     * Over this client, on a numbered version or an alias.
     *
     * <p>An execution keeps the version that its alias pointed to when it was started. Once an alias has moved, a name that is asked
     * for again is in use on another version, and the service need not list that under the alias; what was started before is then a
     * conflict, although it may be the same. Callers whose sources redeliver across deployments give a numbered version.
     *
     * @param function the ARN or the name of a saga's function with a version or an alias, such as {@code place-order:7}
     * @throws IllegalArgumentException if it is {@code $LATEST}, or no version at all
     */
    public static LambdaStarter of(LambdaClient lambda, String function) {
        return of(lambda, function, Sources::nanoTime);
    }

    static LambdaStarter of(LambdaClient lambda, String function, LongSupplier nanos) {
        Objects.requireNonNull(lambda, "lambda");
        Objects.requireNonNull(function, "function");
        return new LambdaStarter(lambda, FunctionVersion.qualified(function), nanos, Duration.ZERO);
    }

    /**
     * With a client that gives up by itself when it has waited this long for an answer, by its HTTP client's socket timeout. A request
     * that may take as long is then sent without a timer of the SDK's own, which takes a tenth of the time that an invocation takes
     * of a processor.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public LambdaStarter clientGivesUpAfter(Duration socketTimeout) {
        if (socketTimeout.isNegative() || socketTimeout.isZero()) {
            throw new IllegalArgumentException("clientGivesUpAfter: " + socketTimeout + "; more than nothing");
        }
        return new LambdaStarter(lambda, function, nanos, socketTimeout);
    }

    /**
     * Starts an execution and does not wait for it. Where the name is in use, the execution that has it is looked for and its input
     * compared as a JSON value, within the same time. A thread that is interrupted gets {@link io.durablesaga.start.Failed} and stays
     * interrupted.
     */
    @Override
    public StartAnswer start(StartRequest request) {
        SdkBytes payload = SdkBytes.fromUtf8String(request.payload());
        int size = payload.asByteArrayUnsafe().length;
        if (size > largestPayload()) {
            return new StartAnswer.Refused("a payload of " + size + " bytes, and an asynchronous start takes "
                    + largestPayload() + "; store it and start the execution on a reference");
        }
        TimeLimit limit = TimeLimit.within(request.within(), nanos, clientGivesUpAfter);
        try {
            return started(request, payload, limit);
        } catch (SdkException thrown) {
            return isAboutThePayload(thrown)
                    ? new StartAnswer.Refused(Trouble.detail((SdkServiceException) thrown, STARTING))
                    : Trouble.of(thrown, STARTING).forStart();
        }
    }

    private StartAnswer started(StartRequest request, SdkBytes payload, TimeLimit limit) {
        try {
            InvokeResponse response = lambda.invoke(InvokeRequest.builder()
                    .functionName(function.function())
                    .qualifier(function.version())
                    .durableExecutionName(request.name())
                    .invocationType(InvocationType.EVENT)
                    .payload(payload)
                    .overrideConfiguration(limit.next())
                    .build());
            // an error of the function would be that of the execution which exists: how that ended is not asked here
            return new StartAnswer.Accepted(request.name(), response.durableExecutionArn());
        } catch (DurableExecutionAlreadyStartedException inUse) {
            return existing(request, inUse, limit);
        }
    }

    private StartAnswer existing(StartRequest request, DurableExecutionAlreadyStartedException inUse, TimeLimit limit) {
        Executions executions = new Executions(lambda, function, limit);
        Owner owner = names.owner(executions, request.name(), request.payload(), inUse);
        if (owner instanceof Owner.Same same) {
            return new StartAnswer.Accepted(request.name(), same.execution().durableExecutionArn());
        }
        return new StartAnswer.Conflict("execution '" + request.name() + "' of " + function + ": the name is in use "
                + ((Owner.Other) owner).use());
    }

    private static boolean isAboutThePayload(SdkException thrown) {
        return thrown instanceof InvalidRequestContentException
                || (thrown instanceof SdkServiceException service && service.statusCode() == TOO_LARGE);
    }

    /**
     * How an execution stands, by its ARN or, if the service did not say that, by its name, the newest if there are several.
     *
     * <p>What succeeded has completed, unless it returned a saga's result that says otherwise. What failed has failed, also where it
     * was undone and {@code failingWhenCompensated()} made it fail.
     *
     * @throws IllegalArgumentException if the time is less than a millisecond
     */
    @Override
    public StandingAnswer standing(StartAnswer.Accepted execution, Duration within) {
        Executions executions = new Executions(lambda, function, TimeLimit.within(within, nanos, clientGivesUpAfter));
        try {
            return Optional.ofNullable(execution.execution())
                    .or(() -> executions.find(execution.name()))
                    .flatMap(executions::get)
                    .map(standings::of)
                    .orElse(Standings.UNKNOWN);
        } catch (ResourceNotFoundException noVersion) {
            return Standings.UNKNOWN;
        } catch (SdkException thrown) {
            return Trouble.of(thrown, READING).forStanding();
        }
    }

    @Override
    public int largestPayload() {
        return Inputs.Way.ASYNCHRONOUS.largest();
    }

    @Override
    public String toString() {
        return "starter of executions on " + function;
    }
}
