package io.durablesaga.lambda;

import io.durablesaga.engine.Attempt;
import io.durablesaga.engine.Reply;
import io.durablesaga.engine.StepCall;
import io.durablesaga.engine.StepOutcome;
import io.durablesaga.result.Failure;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.StepDetails;
import software.amazon.lambda.durable.DurableContext;
import software.amazon.lambda.durable.DurableFuture;
import software.amazon.lambda.durable.StepContext;
import software.amazon.lambda.durable.config.StepConfig;
import software.amazon.lambda.durable.config.StepSemantics;
import software.amazon.lambda.durable.config.WaitForConditionConfig;
import software.amazon.lambda.durable.exception.DurableOperationException;
import software.amazon.lambda.durable.exception.StepException;
import software.amazon.lambda.durable.exception.StepInterruptedException;
import software.amazon.lambda.durable.exception.UnrecoverableDurableExecutionException;
import software.amazon.lambda.durable.exception.WaitForConditionFailedException;
import software.amazon.lambda.durable.model.WaitForConditionResult;
import software.amazon.lambda.durable.retry.RetryDecision;

/** An operation that runs a body: a step of the SDK, or its wait for a condition where the body is a look. */
final class StepOperation {
    private static final Duration AFTER_INTERRUPTION = Duration.ofSeconds(1);

    private final StepCall call;
    private final Binding binding;
    private final DurableContext context;
    private final OptionalInt failedBefore;
    private final AtomicInteger failedHere = new AtomicInteger();
    private volatile boolean ranHere;
    private volatile @Nullable Duration nextLook;

    /** Of the attempts before this incarnation, {@code failedBefore} have failed; empty where that is not known. */
    StepOperation(StepCall call, Binding binding, DurableContext context, OptionalInt failedBefore) {
        this.call = call;
        this.binding = binding;
        this.context = context;
        this.failedBefore = failedBefore;
    }

    /** The name in the records. A capture's is marked, since the service could not tell it from the step of the same name. */
    static String name(StepCall call) {
        return call.kind() == StepCall.Kind.CAPTURE ? LambdaLimits.CAPTURE_PREFIX + call.name() : call.name();
    }

    DurableFuture<String> start() {
        return call.kind() == StepCall.Kind.POLL ? startLooking() : startStep();
    }

    /** Whether any of it happened in this incarnation. */
    boolean ranHere() {
        return ranHere;
    }

    StepOutcome outcome(DurableFuture<String> future) {
        String envelope;
        try {
            envelope = future.get();
        } catch (StepException | WaitForConditionFailedException failed) {
            return failed(failed);
        }
        try {
            return binding.envelopes().open(call.name(), envelope);
        } catch (Exception unavailable) {
            throw binding.records().end(unavailable);
        }
    }

    private DurableFuture<String> startStep() {
        StepConfig config = StepConfig.builder()
                .semanticsPerRetry(
                        call.kind().fenced()
                                ? StepSemantics.AT_MOST_ONCE_PER_RETRY
                                : StepSemantics.AT_LEAST_ONCE_PER_RETRY)
                .serDes(Texts.AS_THEY_ARE)
                .retryStrategy(this::afterFailure)
                .build();
        return context.stepAsync(name(call), Texts.TEXT, step -> machineryApart(() -> attempt(step)), config);
    }

    private RetryDecision afterFailure(Throwable error, int attempt) {
        ranHere = true;
        if (error instanceof StepFailed failed) {
            Duration delay = failed.retryIn();
            return delay == null ? RetryDecision.fail() : RetryDecision.retry(Seconds.of(delay));
        }
        boolean again = error instanceof StepInterruptedException && attempt <= mostAttemptsCutShort();
        return again ? RetryDecision.retry(AFTER_INTERRUPTION) : RetryDecision.fail();
    }

    /** Where the two are counted together, those that failed must not use up what crashes may. */
    private long mostAttemptsCutShort() {
        int failed = failedBefore.isPresent() ? failedBefore.getAsInt() + failedHere.get() : call.failures() - 1;
        return (long) call.interruptions() + failed;
    }

    /** How many earlier attempts have failed; all of them, where that is not known. */
    private int failures(int number) {
        boolean known = call.kind().fenced() && failedBefore.isPresent();
        return known ? Math.min(failedBefore.getAsInt() + failedHere.get(), number - 1) : number - 1;
    }

    /** What a body throws is a reply by now; anything else that comes this way says nothing about the step. */
    private <T> T machineryApart(Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (StepFailed | UnrecoverableDurableExecutionException known) {
            throw known;
        } catch (Throwable machinery) {
            throw binding.records().end(machinery);
        }
    }

    private String attempt(StepContext step) {
        int number = step.getAttempt();
        Reply reply = run(number);
        if (reply instanceof Reply.Completed completed) {
            return sealed(number, completed);
        }
        if (reply instanceof Reply.Retry retry) {
            int failures = failures(number) + 1;
            int unused = failedHere.incrementAndGet();
            throw new StepFailed(retry.failure(), number, failures, retry.delay());
        }
        if (reply instanceof Reply.Failed failed) {
            throw new StepFailed(failed.failure(), number, failures(number) + 1, null);
        }
        throw new IllegalStateException("operation '" + call.name() + "' is no look, and asks for another one");
    }

    private DurableFuture<String> startLooking() {
        WaitForConditionConfig<String> config = WaitForConditionConfig.<String>builder()
                .serDes(Texts.AS_THEY_ARE)
                .initialState("")
                .waitStrategy((state, attempt) -> Objects.requireNonNull(nextLook))
                .build();
        return context.waitForConditionAsync(
                name(call), Texts.TEXT, (state, step) -> machineryApart(() -> look(step)), config);
    }

    private WaitForConditionResult<String> look(StepContext step) {
        int number = step.getAttempt();
        Reply reply = run(number);
        if (reply instanceof Reply.Again again) {
            nextLook = Seconds.of(again.delay());
            return WaitForConditionResult.continuePolling("");
        }
        if (reply instanceof Reply.Completed completed) {
            return WaitForConditionResult.stopPolling(sealed(number, completed));
        }
        if (reply instanceof Reply.Failed failed) {
            throw new StepFailed(failed.failure(), number, number, null);
        }
        throw new IllegalStateException("operation '" + call.name() + "' is a look, and asks for a retry");
    }

    private Reply run(int number) {
        ranHere = true;
        binding.records().requireCurrent();
        Deadline deadline = Deadline.watch(context.getLambdaContext());
        boolean rung;
        Reply reply;
        try {
            reply = call.body().attempt(new Attempt(number, failures(number), binding.left()));
        } finally {
            rung = deadline.stop(); // or it would interrupt what runs next on this thread
        }
        if (rung && !(reply instanceof Reply.Completed)) {
            throw binding.records()
                    .end(
                            new IllegalStateException(
                                    "step '" + call.path()
                                            + "' was under way when its invocation ran out of time; another one tries again, with the same key"));
        }
        return reply;
    }

    /** The body has run: what cannot be put away now is neither its failure nor lost, since its key stays the same. */
    private String sealed(int number, Reply.Completed completed) {
        try {
            return binding.envelopes().seal(binding.identity(), name(call), number, completed.payload());
        } catch (Throwable unavailable) {
            throw binding.records().end(unavailable);
        }
    }

    private StepOutcome failed(DurableOperationException exception) {
        ErrorObject error = exception.getErrorObject();
        Optional<StepFailed> ours =
                error == null ? Optional.empty() : StepFailed.read(error.errorType(), error.errorData());
        if (ours.isPresent()) {
            return new StepOutcome.Failed(ours.get().failure(), ours.get().attempts());
        }
        StepDetails details = exception.getOperation().stepDetails();
        int attempts = details == null || details.attempt() == null ? 1 : details.attempt();
        if (exception instanceof StepInterruptedException) {
            return StepOutcome.Failed.interrupted(call, attempts);
        }
        String type = error == null || error.errorType() == null ? "unknown" : error.errorType();
        String message = error == null || error.errorMessage() == null ? "" : error.errorMessage();
        return new StepOutcome.Failed(Failure.unknown(type, message), attempts);
    }
}
