package io.durablesaga.lambda.service;

import io.durablesaga.engine.CallbackAnswer;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CallbackDetails;
import software.amazon.awssdk.services.lambda.model.ErrorObject;
import software.amazon.awssdk.services.lambda.model.Operation;
import software.amazon.awssdk.services.lambda.model.OperationStatus;

/** What somebody outside says of a callback. */
final class Answers {
    private final Store store;
    private final Passage passage;
    private final Endings endings;
    private final ServiceLimits limits;

    Answers(Store store, Passage passage, Endings endings, ServiceLimits limits) {
        this.store = store;
        this.passage = passage;
        this.endings = endings;
        this.limits = limits;
    }

    CallbackAnswer complete(String callbackId, @Nullable String payload) {
        if (Sizes.bytes(payload) > limits.payloadBytes()) {
            throw Refusals.invalid("Result of more than " + limits.payloadBytes() + " bytes");
        }
        return end(callbackId, OperationStatus.SUCCEEDED, details -> details.result(payload));
    }

    CallbackAnswer fail(String callbackId, ErrorObject error) {
        if (Sizes.bytes(error) > limits.errorBytes()) {
            throw Refusals.invalid("Error of more than " + limits.errorBytes() + " bytes");
        }
        return end(callbackId, OperationStatus.FAILED, details -> details.error(error));
    }

    CallbackAnswer heartbeat(String callbackId) {
        return answer(
                callbackId,
                (execution, operation) -> execution.callbackTimers.computeIfPresent(
                        operation.id(), (id, timer) -> timer.heard(store.now())));
    }

    private CallbackAnswer end(
            String callbackId, OperationStatus status, UnaryOperator<CallbackDetails.Builder> outcome) {
        return answer(
                callbackId,
                (execution, operation) -> endings.change(
                        execution,
                        operation.toBuilder()
                                .status(status)
                                .endTimestamp(store.now())
                                .callbackDetails(outcome.apply(operation.callbackDetails().toBuilder())
                                        .build())
                                .build()));
    }

    private CallbackAnswer answer(String callbackId, BiConsumer<StoredExecution, Operation> act) {
        Store.Position position;
        synchronized (store) {
            position = store.callback(callbackId).orElse(null);
            if (position == null || standing(position) != CallbackAnswer.ACCEPTED) {
                return position == null ? CallbackAnswer.UNKNOWN : standing(position);
            }
        }
        return passage.pass(new Call(Call.Kind.ANSWER, position.execution().name), () -> {
            synchronized (store) {
                CallbackAnswer answer = standing(position);
                if (answer == CallbackAnswer.ACCEPTED) {
                    act.accept(position.execution(), operation(position));
                }
                return answer;
            }
        });
    }

    private static Operation operation(Store.Position position) {
        return position.execution().log.find(position.operation()).orElseThrow();
    }

    private static CallbackAnswer standing(Store.Position position) {
        return switch (operation(position).status()) {
            case STARTED -> position.execution().running() ? CallbackAnswer.ACCEPTED : CallbackAnswer.LATE;
            case SUCCEEDED, FAILED -> CallbackAnswer.DUPLICATE;
            default -> CallbackAnswer.LATE;
        };
    }
}
