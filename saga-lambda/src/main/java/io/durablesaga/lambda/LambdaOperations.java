package io.durablesaga.lambda;

import io.durablesaga.engine.Callback;
import io.durablesaga.engine.CallbackCall;
import io.durablesaga.engine.CallbackOutcome;
import io.durablesaga.engine.ExecutionIdentity;
import io.durablesaga.engine.InvokeCall;
import io.durablesaga.engine.InvokeOutcome;
import io.durablesaga.engine.Operations;
import io.durablesaga.engine.Pending;
import io.durablesaga.engine.ReplayMismatch;
import io.durablesaga.engine.StepCall;
import io.durablesaga.engine.StepOutcome;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.OperationType;
import software.amazon.lambda.durable.DurableCallbackFuture;
import software.amazon.lambda.durable.DurableContext;
import software.amazon.lambda.durable.DurableFuture;
import software.amazon.lambda.durable.config.CallbackConfig;
import software.amazon.lambda.durable.config.InvokeConfig;
import software.amazon.lambda.durable.config.RunInChildContextConfig;
import software.amazon.lambda.durable.exception.CallbackFailedException;
import software.amazon.lambda.durable.exception.CallbackTimeoutException;
import software.amazon.lambda.durable.exception.InvokeException;
import software.amazon.lambda.durable.execution.OperationIdGenerator;
import software.amazon.lambda.durable.execution.SuspendExecutionException;

/**
 * The engine interface over {@link DurableContext}: one operation here is one operation there, and a branch is a virtual child
 * context, which records nothing. Only what says that an operation of ours has failed is caught; everything else that the SDK
 * throws passes through.
 */
final class LambdaOperations implements Operations {
    private static final int DEEPEST_NESTING = 4;

    private final DurableContext context;
    private final Binding binding;
    private final boolean branch;
    private int begun;
    private boolean pristine;
    private boolean fresh;

    private LambdaOperations(DurableContext context, Binding binding, boolean branch, boolean pristine, boolean fresh) {
        this.context = context;
        this.binding = binding;
        this.branch = branch;
        this.pristine = pristine;
        this.fresh = fresh;
    }

    /** The line of control that a run begins with, which must have the context to itself. */
    static LambdaOperations root(DurableContext context, Binding binding) {
        boolean nothingRecorded = !context.isReplaying();
        return new LambdaOperations(context, binding, false, nothingRecorded, nothingRecorded);
    }

    @Override
    public ExecutionIdentity execution() {
        return binding.identity();
    }

    @Override
    public boolean pristine() {
        return pristine;
    }

    @Override
    public boolean replaying() {
        return !fresh;
    }

    /** At once: the SDK hands out what the service has acknowledged, and nothing else is recorded. */
    @Override
    public void whenDurable(Runnable action) {
        action.run();
    }

    @Override
    public Pending<StepOutcome> step(StepCall call) {
        String id = begin(OperationType.STEP, call.name());
        StepOperation operation =
                new StepOperation(call, binding, context, binding.records().failures(id));
        DurableFuture<String> future = begun(operation.start());
        return () -> {
            StepOutcome outcome = operation.outcome(future);
            fresh |= operation.ranHere();
            return outcome;
        };
    }

    @Override
    public Pending<Slept> sleep(String name, Duration duration) {
        String id = begin(OperationType.WAIT, name);
        DurableFuture<Void> future = begun(context.waitAsync(name, Seconds.of(duration)));
        return () -> {
            future.get();
            handed(id);
            return Slept.SLEPT;
        };
    }

    @Override
    public Callback callback(CallbackCall call) {
        String id = begin(OperationType.CALLBACK, call.name());
        CallbackConfig.Builder config =
                CallbackConfig.builder().timeout(Seconds.of(call.timeout())).serDes(Texts.AS_THEY_ARE);
        if (call.heartbeat() != null) {
            config.heartbeatTimeout(Seconds.of(call.heartbeat()));
        }
        DurableCallbackFuture<String> future = begun(context.createCallback(call.name(), Texts.TEXT, config.build()));
        fresh |= binding.records().complete() ? !binding.records().holds(id) : pastReplay();
        return new Callback() {
            @Override
            public String id() {
                return future.callbackId();
            }

            @Override
            public CallbackOutcome get() {
                CallbackOutcome outcome = answer(future);
                handed(id);
                return outcome;
            }
        };
    }

    private static CallbackOutcome answer(DurableCallbackFuture<String> future) {
        try {
            String payload = future.get();
            return new CallbackOutcome.Completed(payload == null ? "null" : payload);
        } catch (CallbackFailedException failed) {
            return new CallbackOutcome.Failed(message(failed.getErrorObject()));
        } catch (CallbackTimeoutException timedOut) {
            return new CallbackOutcome.TimedOut("Callback.Heartbeat".equals(type(timedOut.getErrorObject())));
        }
    }

    @Override
    public Pending<InvokeOutcome> invoke(InvokeCall call) {
        if (PayloadTooLarge.in(call)) {
            Pending<StepOutcome> recorded = step(PayloadTooLarge.failure(call));
            return () -> PayloadTooLarge.outcome(recorded.get());
        }
        String id = begin(OperationType.CHAINED_INVOKE, call.name());
        InvokeConfig config = InvokeConfig.builder()
                .serDes(Texts.AS_THEY_ARE)
                .payloadSerDes(Texts.AS_THEY_ARE)
                .build();
        DurableFuture<String> future =
                begun(context.invokeAsync(call.name(), call.target(), call.payload(), Texts.TEXT, config));
        return () -> {
            InvokeOutcome outcome = end(future);
            handed(id);
            return outcome;
        };
    }

    /** A saga that failed its execution, so that somebody is told, has nevertheless said how it ended. */
    private static InvokeOutcome end(DurableFuture<String> future) {
        try {
            String payload = future.get();
            return new InvokeOutcome.Completed(payload == null ? "null" : payload);
        } catch (InvokeException failed) {
            ErrorObject error = failed.getErrorObject();
            String result = SagaEnded.resultIn(error);
            return result == null
                    ? new InvokeOutcome.Failed(
                            type(error).isEmpty() ? failed.getClass().getSimpleName() : type(error), message(error))
                    : new InvokeOutcome.Completed(result);
        }
    }

    @Override
    public Pending<Joined> branch(String name, Consumer<Operations> body) {
        String id = begin();
        Records.Recorded recorded = binding.records().find(id);
        if (recorded != null) {
            throw new ReplayMismatch("branch '" + name + "' stands where " + recorded + " was recorded");
        }
        boolean freshSoFar = fresh;
        AtomicReference<@Nullable LambdaOperations> line = new AtomicReference<>();
        DurableFuture<String> future = begun(context.runInChildContextAsync(
                name,
                Texts.TEXT,
                child -> {
                    LambdaOperations inside = new LambdaOperations(child, binding, true, false, freshSoFar);
                    line.set(inside);
                    runBranch(body, inside);
                    return "";
                },
                RunInChildContextConfig.builder()
                        .isVirtual(true)
                        .serDes(Texts.AS_THEY_ARE)
                        .build()));
        return () -> {
            future.get();
            LambdaOperations inside = line.get();
            fresh |= inside != null && inside.fresh;
            return Joined.JOINED;
        };
    }

    /**
     * All that comes out of a branch is machinery, and ends the incarnation here and now: the root may be waiting for something
     * else, and would learn of it too late.
     */
    private void runBranch(Consumer<Operations> body, Operations inside) {
        try {
            body.accept(inside);
        } catch (SuspendExecutionException suspended) {
            throw suspended;
        } catch (Error | RuntimeException machinery) {
            throw binding.records().end(machinery);
        }
    }

    /** The SDK finds another type too, and does not say of which operations. */
    private String begin(OperationType type, String name) {
        String id = begin();
        Records.Recorded recorded = binding.records().find(id);
        if (recorded != null && recorded.type() != type) {
            Records.Recorded here = new Records.Recorded(type, name, false, OptionalInt.empty());
            throw new ReplayMismatch(here + " stands where " + recorded + " was recorded");
        }
        requireNoBranchAt(id, name);
        return id;
    }

    /** The id of the operation that is begun now, which is only needed where something was recorded before. */
    private String begin() {
        binding.records().requireCurrent();
        pristine = false;
        begun++;
        if (!binding.records().any()) {
            return "";
        }
        String id = operationId(context.getContextId(), begun);
        binding.records().reach(id);
        return id;
    }

    /** An operation that was begun after the SDK had stopped those it knew would never end: nobody may wait for it. */
    private <T> T begun(T future) {
        binding.records().requireCurrent();
        return future;
    }

    private void handed(String id) {
        fresh |= binding.records().complete() ? !binding.records().told(id) : pastReplay();
    }

    /** As far as the SDK tells: of a branch, of which nothing is recorded, it would say so on every replay. */
    private boolean pastReplay() {
        return !branch && !context.isReplaying();
    }

    /** A branch records nothing, so the SDK would run whatever has taken the place of one. */
    private void requireNoBranchAt(String id, String name) {
        if (binding.records().allReached() || binding.records().holds(id)) {
            return;
        }
        Records.Recorded inside = firstInside(id, DEEPEST_NESTING);
        if (inside != null) {
            throw new ReplayMismatch(
                    "operation '" + name + "' stands where a branch was recorded that begins with " + inside);
        }
    }

    private Records.@Nullable Recorded firstInside(String id, int nesting) {
        String first = operationId(id, 1);
        Records.Recorded recorded = binding.records().find(first);
        return recorded != null || nesting == 1 ? recorded : firstInside(first, nesting - 1);
    }

    /** As the SDK numbers them, within a context. */
    private static String operationId(@Nullable String contextId, int number) {
        return OperationIdGenerator.hashOperationId((contextId == null ? "" : contextId + "-") + number);
    }

    private static String type(@Nullable ErrorObject error) {
        return error == null || error.errorType() == null ? "" : error.errorType();
    }

    private static String message(@Nullable ErrorObject error) {
        return error == null || error.errorMessage() == null ? "" : error.errorMessage();
    }
}
