package io.durablesaga.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Sends requests, and tells a condition that does not hold, which is an answer, from a failure, which is an exception. */
final class Requests {
    private static final String CONDITION = "ConditionalCheckFailed";
    private static final String NONE = "None";

    private final Wire wire;
    private final Failures failures;

    Requests(Wire wire, Failures failures) {
        this.wire = wire;
        this.failures = failures;
    }

    /**
     * The answer to an update.
     *
     * @param written whether its condition held
     * @param response what DynamoDB returned, if it held
     * @param item the attributes that were asked for, or the item that the condition did not hold of, empty if there is none
     * @param refusal what said so, if it did not hold
     */
    record Answer(
            boolean written,
            UpdateItemResponse response,
            Map<String, AttributeValue> item,
            Optional<ConditionalCheckFailedException> refusal) {

        /** Where an earlier attempt of the client's got no answer, that one may still be on its way when a later one is refused. */
        void requireSentOnce(String table) {
            refusal.ifPresent(refused -> Requests.requireSentOnce(table, refused));
        }
    }

    CompletableFuture<Answer> update(UpdateItemRequest request) {
        return wire.update(request).handle((response, thrown) -> {
            if (thrown == null) {
                return new Answer(true, response, response.attributes(), Optional.empty());
            }
            if (Failures.unwrapped(thrown) instanceof ConditionalCheckFailedException refused) {
                return new Answer(false, UpdateItemResponse.builder().build(), refused.item(), Optional.of(refused));
            }
            throw failures.of("dynamodb:UpdateItem", thrown);
        });
    }

    /** Nothing where the transaction was carried out; where a condition did not hold, what was said of each of its writes. */
    CompletableFuture<List<CancellationReason>> transact(TransactWriteItemsRequest request) {
        return wire.transact(request).handle((response, thrown) -> {
            if (thrown == null) {
                return List.of();
            }
            if (Failures.unwrapped(thrown) instanceof TransactionCanceledException cancelled
                    && cancelled.hasCancellationReasons()) {
                return refusals(request, cancelled);
            }
            throw Failures.of(request.transactItems())
                    .of("dynamodb:UpdateItem and dynamodb:PutItem, DeleteItem or ConditionCheckItem", thrown);
        });
    }

    /**
     * Where the first write, which is the record, is refused, that is the answer: nothing else matters then. Otherwise a conflict, a
     * throttle or a write that DynamoDB does not take goes before conditions, which may not have been looked at.
     */
    private List<CancellationReason> refusals(
            TransactWriteItemsRequest request, TransactionCanceledException cancelled) {
        List<CancellationReason> reasons = cancelled.cancellationReasons();
        for (int i = 0; i < reasons.size() && !refused(reasons.get(0)); i++) {
            String code = reasons.get(i).code();
            if (code != null && !code.equals(CONDITION) && !code.equals(NONE)) {
                throw (i == 0 ? failures : Failures.of(request.transactItems().subList(i, i + 1)))
                        .of(
                                "dynamodb:TransactWriteItems",
                                cancelled,
                                code,
                                cancelled.statusCode(),
                                String.valueOf(reasons.get(i).message()));
            }
        }
        if (!refused(reasons.get(0))) {
            requireSentOnce(Failures.tables(request.transactItems()), cancelled);
        }
        return reasons;
    }

    private static void requireSentOnce(String table, AwsServiceException refused) {
        if (refused.numAttempts() != null && refused.numAttempts() > 1) {
            throw StoreException.Unanswered.beforeRefusal(table, refused);
        }
    }

    static boolean refused(CancellationReason reason) {
        return CONDITION.equals(reason.code());
    }

    /** What a future holds, for callers who wait; what it failed with is thrown as it is. */
    static <T> T now(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw Failures.rethrown(Failures.unwrapped(e));
        }
    }
}
