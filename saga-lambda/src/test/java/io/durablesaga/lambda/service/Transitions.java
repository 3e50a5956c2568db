package io.durablesaga.lambda.service;

import static software.amazon.awssdk.services.lambda.model.OperationAction.FAIL;
import static software.amazon.awssdk.services.lambda.model.OperationAction.RETRY;
import static software.amazon.awssdk.services.lambda.model.OperationAction.START;
import static software.amazon.awssdk.services.lambda.model.OperationAction.SUCCEED;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CallbackDetails;
import software.amazon.awssdk.services.lambda.model.ChainedInvokeDetails;
import software.amazon.awssdk.services.lambda.model.ContextDetails;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;
import software.amazon.awssdk.services.lambda.model.OperationUpdate;
import software.amazon.awssdk.services.lambda.model.StepDetails;
import software.amazon.awssdk.services.lambda.model.WaitDetails;

/**
 * What an update makes of an operation, where the operation may be updated so. Strict, with one exception: a step or a context
 * whose start was never heard of may be ended, since functions send such starts without waiting for the answer.
 */
final class Transitions {
    private static final long LONGEST = Duration.ofDays(366).toSeconds();

    private Transitions() {}

    /** The operation after the update; {@code before} is null where there is none yet. */
    static Operation next(
            @Nullable Operation before, OperationUpdate update, Instant now, Supplier<String> callbackIds) {
        Operation.Builder next = before == null ? begun(update, now) : before.toBuilder();
        switch (update.type()) {
            case STEP -> step(next, before, update, now);
            case CONTEXT -> context(next, before, update);
            case WAIT -> {
                only(before, update);
                next.waitDetails(WaitDetails.builder()
                        .scheduledEndTimestamp(now.plusSeconds(waitSeconds(update)))
                        .build());
            }
            case CALLBACK -> {
                only(before, update);
                checkCallback(update);
                next.callbackDetails(
                        CallbackDetails.builder().callbackId(callbackIds.get()).build());
            }
            case CHAINED_INVOKE -> {
                only(before, update);
                if (update.chainedInvokeOptions() == null
                        || update.chainedInvokeOptions().functionName() == null) {
                    throw refused(update, "names no function");
                }
                next.chainedInvokeDetails(ChainedInvokeDetails.builder().build());
            }
            case EXECUTION -> execution(before, update);
            default -> throw refused(update, "is of an unknown type");
        }
        OperationStatus status = status(update);
        return next.status(status)
                .endTimestamp(Endings.terminal(status) ? now : null)
                .build();
    }

    private static Operation.Builder begun(OperationUpdate update, Instant now) {
        return Operation.builder()
                .id(update.id())
                .type(update.type())
                .subType(update.subType())
                .name(update.name())
                .parentId(update.parentId())
                .startTimestamp(now);
    }

    private static OperationStatus status(OperationUpdate update) {
        return switch (update.action()) {
            case START -> OperationStatus.STARTED;
            case SUCCEED -> OperationStatus.SUCCEEDED;
            case FAIL -> OperationStatus.FAILED;
            case RETRY -> OperationStatus.PENDING;
            default -> throw refused(update, "is no action that a function has");
        };
    }

    private static void step(Operation.Builder next, @Nullable Operation before, OperationUpdate update, Instant now) {
        StepDetails details = before == null ? StepDetails.builder().attempt(0).build() : before.stepDetails();
        if (update.action() == START) {
            checkStatus(before, update, OperationStatus.READY);
            next.stepDetails(details);
            return;
        }
        checkStatus(before, update, OperationStatus.STARTED, OperationStatus.READY);
        checkOneOf(update);
        next.stepDetails(StepDetails.builder()
                .attempt(details.attempt() + 1)
                .nextAttemptTimestamp(update.action() == RETRY ? now.plusSeconds(retrySeconds(update)) : null)
                .result(update.payload())
                .error(update.error())
                .build());
    }

    private static void context(Operation.Builder next, @Nullable Operation before, OperationUpdate update) {
        if (update.action() == START) {
            checkStatus(before, update);
            next.contextDetails(ContextDetails.builder().build());
            return;
        }
        if (update.action() == RETRY) {
            throw refused(update, "is no action for its type");
        }
        checkStatus(before, update, OperationStatus.STARTED);
        checkOneOf(update);
        next.contextDetails(ContextDetails.builder()
                .result(update.payload())
                .error(update.error())
                .replayChildren(
                        update.contextOptions() == null
                                ? null
                                : update.contextOptions().replayChildren())
                .build());
    }

    private static void execution(@Nullable Operation before, OperationUpdate update) {
        if (before == null) {
            throw refused(update, "is not this execution");
        }
        if (update.action() != SUCCEED && update.action() != FAIL) {
            throw refused(update, "is no action for its type");
        }
        checkStatus(before, update, OperationStatus.STARTED);
        checkOneOf(update);
    }

    /** What the service itself ends can only be started, and only once. */
    private static void only(@Nullable Operation before, OperationUpdate update) {
        if (update.action() != START) {
            throw refused(update, "is no action for its type");
        }
        checkStatus(before, update);
    }

    private static void checkStatus(@Nullable Operation before, OperationUpdate update, OperationStatus... allowed) {
        if (before == null) {
            return;
        }
        for (OperationStatus each : allowed) {
            if (before.status() == each) {
                return;
            }
        }
        throw refused(update, "is not possible, it is " + before.status());
    }

    private static void checkOneOf(OperationUpdate update) {
        if (update.action() == SUCCEED && update.error() != null) {
            throw refused(update, "carries an error");
        }
        if (update.action() == FAIL && update.payload() != null) {
            throw refused(update, "carries a payload");
        }
        if (update.action() == RETRY && update.payload() != null && update.error() != null) {
            throw refused(update, "carries a payload and an error");
        }
    }

    private static int retrySeconds(OperationUpdate update) {
        return between(
                1, update.stepOptions() == null ? null : update.stepOptions().nextAttemptDelaySeconds(), update);
    }

    private static int waitSeconds(OperationUpdate update) {
        return between(
                1, update.waitOptions() == null ? null : update.waitOptions().waitSeconds(), update);
    }

    private static void checkCallback(OperationUpdate update) {
        var options = update.callbackOptions();
        if (options != null && options.timeoutSeconds() != null) {
            between(0, options.timeoutSeconds(), update);
        }
        if (options != null && options.heartbeatTimeoutSeconds() != null) {
            between(0, options.heartbeatTimeoutSeconds(), update);
        }
    }

    private static int between(int least, @Nullable Integer seconds, OperationUpdate update) {
        if (seconds == null || seconds < least || seconds > LONGEST) {
            throw refused(update, "has no time of " + least + " to " + LONGEST + " seconds, but " + seconds);
        }
        return seconds;
    }

    static RuntimeException refused(OperationUpdate update, String why) {
        return Refusals.invalid(update.actionAsString() + " of " + update.typeAsString() + " '" + update.name() + "' ("
                + update.id() + ") " + why);
    }
}
